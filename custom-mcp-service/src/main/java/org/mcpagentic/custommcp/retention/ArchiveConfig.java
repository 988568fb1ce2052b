package org.mcpagentic.custommcp.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where ended tasks are written to before they are removed: a folder, S3-compatible storage, or nowhere. */
@ConfigMapping(prefix = "archive")
public interface ArchiveConfig {

    /** A folder that is there and can be written to. */
    Optional<Path> folder();

    /** S3-compatible storage. */
    S3 s3();

    /** Used where a bucket is named. */
    interface S3 {

        /** {@code http} or {@code https} with a host; Amazon's own without one. */
        Optional<URI> endpoint();

        /** As Amazon names it; other servers mostly take any. */
        @WithDefault("us-east-1")
        String region();

        /** 3 to 63 characters of {@code a-z 0-9 . -}. */
        Optional<String> bucket();

        /** What all names begin with. */
        Optional<String> prefix();

        /** Whether the bucket is named in the path, as most servers other than Amazon's want it. */
        @WithDefault("false")
        boolean pathStyle();

        /** Whose storage it is. */
        @WithDefault("${AWS_ACCESS_KEY_ID:}")
        Optional<String> accessKeyId();

        /** Never shown. */
        @WithDefault("${AWS_SECRET_ACCESS_KEY:}")
        Optional<String> secretAccessKey();

        /** Of keys that end. */
        @WithDefault("${AWS_SESSION_TOKEN:}")
        Optional<String> sessionToken();
    }
}
