package org.mcpagentic.custommcp.tools.csv;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How much of a CSV file at a URL is read. */
@ConfigMapping(prefix = "tools.csv-summary")
public interface CsvConfig {

    /** How many bytes of a file are read, after decompression; a larger one fails: 1 KiB to 10 GiB. */
    @WithDefault("104857600")
    @Min(1_024)
    @Max(10_737_418_240L)
    long maxBytes();

    /** How long reading and summarising a file may take: 1 s to 15 min. */
    @WithDefault("110s")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 15)
    Duration timeout();
}
