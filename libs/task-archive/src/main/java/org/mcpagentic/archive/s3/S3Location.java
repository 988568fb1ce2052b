package org.mcpagentic.archive.s3;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where an archive lies in S3-compatible storage.
 *
 * @param endpoint {@code http} or {@code https} with a host; that of Amazon's region where there is none
 * @param region as Amazon names it; other servers take any, mostly {@code us-east-1}
 * @param bucket 3 to 63 characters of {@code a-z 0-9 . -}
 * @param prefix what all names begin with; empty, or ends with {@code /}
 * @param pathStyle whether the bucket is named in the path, as most servers other than Amazon's want it, or before the host
 */
public record S3Location(Optional<URI> endpoint, String region, String bucket, String prefix, boolean pathStyle) {

    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9!_.*'()/=-]{0,512}");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");

    public S3Location {
        endpoint.ifPresent(S3Location::check);
        if (!REGION.matcher(region).matches()) {
            throw new IllegalArgumentException("the region of S3 is 1 to 64 characters of a-z, 0-9 and -");
        }
        if (!BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException("a bucket is named by 3 to 63 characters of a-z, 0-9, . and -");
        }
        if (!PREFIX.matcher(prefix).matches() || prefix.contains("//")) {
            throw new IllegalArgumentException(
                    "the prefix is at most 512 characters of A-Z a-z 0-9 ! _ . * ' ( ) = - and /");
        }
        prefix = prefix.startsWith("/") ? prefix.substring(1) : prefix;
        prefix = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    }

    private static void check(URI endpoint) {
        boolean web = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
        if (!web || endpoint.getHost() == null || endpoint.getUserInfo() != null || endpoint.getQuery() != null) {
            throw new IllegalArgumentException("the endpoint of S3 is http:// or https:// with a host");
        }
    }
}
