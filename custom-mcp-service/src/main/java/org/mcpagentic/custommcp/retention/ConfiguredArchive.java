package org.mcpagentic.custommcp.retention;

import java.util.Optional;
import org.mcpagentic.archive.ArchiveStorage;
import org.mcpagentic.archive.folder.FolderStorage;
import org.mcpagentic.archive.s3.S3Keys;
import org.mcpagentic.archive.s3.S3Location;
import org.mcpagentic.archive.s3.S3Storage;

/** The archive that the settings name. */
final class ConfiguredArchive {

    private ConfiguredArchive() {}

    /**
     * Reads the settings; does not look whether the place can be used.
     *
     * @return nothing where none is named
     * @throws IllegalStateException that says which setting is wrong, and no secret
     */
    static Optional<ArchiveStorage> of(ArchiveConfig config) {
        ArchiveConfig.S3 s3 = config.s3();
        if (config.folder().isPresent() && s3.bucket().isPresent()) {
            throw new IllegalStateException(
                    "archive.folder and archive.s3.bucket are both set; an archive is in one place");
        }
        if (s3.bucket().isEmpty() && s3.endpoint().isPresent()) {
            throw new IllegalStateException("archive.s3.endpoint is set, archive.s3.bucket is not");
        }
        return config.folder()
                .<ArchiveStorage>map(FolderStorage::new)
                .or(() -> s3.bucket().map(bucket -> storage(s3, bucket)));
    }

    private static ArchiveStorage storage(ArchiveConfig.S3 s3, String bucket) {
        if (s3.accessKeyId().isEmpty() || s3.secretAccessKey().isEmpty()) {
            throw new IllegalStateException(
                    "archive.s3.bucket is set; it needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
        }
        try {
            return new S3Storage(
                    new S3Location(
                            s3.endpoint(), s3.region(), bucket, s3.prefix().orElse(""), s3.pathStyle()),
                    new S3Keys(
                            s3.accessKeyId().orElseThrow(), s3.secretAccessKey().orElseThrow(), s3.sessionToken()));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("archive.s3: " + e.getMessage(), e);
        }
    }
}
