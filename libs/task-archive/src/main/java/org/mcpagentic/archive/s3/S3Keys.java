package org.mcpagentic.archive.s3;

import java.util.Optional;

/**
 * Whose storage it is. Never shown.
 *
 * @param accessKeyId not blank
 * @param secretAccessKey not blank
 * @param sessionToken of keys that end
 */
public record S3Keys(String accessKeyId, String secretAccessKey, Optional<String> sessionToken) {

    public S3Keys {
        if (accessKeyId.isBlank() || secretAccessKey.isBlank()) {
            throw new IllegalArgumentException("S3 needs an access key id and a secret access key");
        }
    }

    @Override
    public String toString() {
        return "S3Keys[hidden]";
    }
}
