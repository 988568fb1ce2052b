package org.mcpagentic.archive.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mcpagentic.archive.ArchiveException;
import org.mcpagentic.archive.ArchiveStorage;
import org.mcpagentic.archive.ArchiveStorageContract;

/** S3's protocol as an archive, against a server that checks signatures. */
class S3StorageTest extends ArchiveStorageContract {

    private static final S3Server SERVER = new S3Server();
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Override
    protected ArchiveStorage storage() {
        return new S3Storage(SERVER.bucket("bucket-" + BUCKETS.incrementAndGet(), "team/archive"), S3Server.KEYS);
    }

    @Test
    void staysBelowItsPrefix() {
        S3Location all = SERVER.bucket("shared-bucket", "");
        S3Location below = SERVER.place("shared-bucket", "/mine/");
        new S3Storage(all, S3Server.KEYS).put("tasks/a", new byte[] {1});

        new S3Storage(below, S3Server.KEYS).put("tasks/b", new byte[] {1});

        assertThat(new S3Storage(below, S3Server.KEYS).files("tasks")).containsExactly("b");
        assertThat(new S3Storage(all, S3Server.KEYS).files("mine/tasks")).containsExactly("b");
        assertThat(new S3Storage(all, S3Server.KEYS).files("tasks")).containsExactly("a");
    }

    @Test
    void saysThatTheSecretIsWrongAndNotWhatItIs() {
        S3Location bucket = SERVER.bucket("guarded-bucket", "");
        S3Keys wrong = new S3Keys("archivist", "not-the-secret", Optional.empty());

        assertThatThrownBy(() -> new S3Storage(bucket, wrong).check())
                .isInstanceOf(ArchiveException.class)
                .hasNoCause()
                .hasMessageContaining("SignatureDoesNotMatch")
                .hasMessageContaining("AWS_SECRET_ACCESS_KEY")
                .message()
                .doesNotContain("not-the-secret", "archivist");
        assertThat(wrong).asString().doesNotContain("not-the-secret", "archivist");
    }

    @Test
    void saysThatTheKeyIsUnknown() {
        S3Location bucket = SERVER.bucket("another-guarded-bucket", "");
        S3Keys unknown = new S3Keys("somebody", "a secret of tests", Optional.empty());

        assertThatThrownBy(() -> new S3Storage(bucket, unknown).files("tasks"))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("HTTP 403")
                .message()
                .doesNotContain("somebody");
    }

    @Test
    void saysThatThereIsNoSuchBucket() {
        ArchiveStorage storage = new S3Storage(SERVER.place("no-such-bucket", ""), S3Server.KEYS);

        assertThatThrownBy(storage::check)
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("s3://no-such-bucket/")
                .hasMessageContaining("there is no such bucket");
    }

    @Test
    void saysThatNobodyAnswers() {
        S3Location nowhere =
                new S3Location(Optional.of(URI.create("http://127.0.0.1:1")), "us-east-1", "bucket", "", true);

        assertThatThrownBy(() -> new S3Storage(nowhere, S3Server.KEYS).check())
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("does not answer");
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://host,us-east-1,bucket,x",
        "http://user:word@host,us-east-1,bucket,x",
        "http://host,US,bucket,x",
        "http://host,us-east-1,No,x",
        "http://host,us-east-1,bucket,a//b",
        "http://host,us-east-1,bucket,a?b"
    })
    void refusesALocationThatCannotBe(String endpoint, String region, String bucket, String prefix) {
        Optional<URI> url = Optional.of(URI.create(endpoint));

        assertThatThrownBy(() -> new S3Location(url, region, bucket, prefix, true))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("user:word");
    }
}
