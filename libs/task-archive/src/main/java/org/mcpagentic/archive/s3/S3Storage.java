package org.mcpagentic.archive.s3;

import java.io.InputStream;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.mcpagentic.archive.ArchiveException;
import org.mcpagentic.archive.ArchiveStorage;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * An archive in S3-compatible storage. What is put is there once the server has answered, whole or not at all; it compares what
 * arrived with its MD5 sum. Calls are tried a few times and given up after a minute.
 */
public final class S3Storage implements ArchiveStorage {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ATTEMPT = Duration.ofSeconds(30);
    private static final Duration CALL = Duration.ofSeconds(60);
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9.]{1,64}");

    private final S3Location location;
    private final S3Client client;

    public S3Storage(S3Location location, S3Keys keys) {
        this.location = location;
        this.client = S3Client.builder()
                .region(Region.of(location.region()))
                .credentialsProvider(StaticCredentialsProvider.create(credentials(keys)))
                .applyMutation(builder -> location.endpoint().ifPresent(builder::endpointOverride))
                .forcePathStyle(location.pathStyle())
                // why: what goes out is bounded as a whole, and many servers other than Amazon's know no chunks with
                // checksums
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(ATTEMPT))
                .overrideConfiguration(override -> override
                        // why: only what the service is told counts, not what lies in a home folder
                        .defaultProfileFile(ProfileFile.aggregator().build())
                        .apiCallAttemptTimeout(ATTEMPT)
                        .apiCallTimeout(CALL))
                .build();
    }

    private static AwsCredentials credentials(S3Keys keys) {
        return keys.sessionToken()
                .<AwsCredentials>map(
                        token -> AwsSessionCredentials.create(keys.accessKeyId(), keys.secretAccessKey(), token))
                .orElseGet(() -> AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey()));
    }

    @Override
    public String place() {
        return "s3://" + location.bucket() + "/" + location.prefix()
                + location.endpoint()
                        .map(URI::getAuthority)
                        .map(host -> " at " + host)
                        .orElse("");
    }

    /** Puts an empty object named {@code probe}, which stays: to remove it may not be allowed. */
    @Override
    public void check() {
        put("probe", new byte[0]);
    }

    @Override
    public void put(String path, byte[] content) {
        calling(
                "written to",
                () -> client.putObject(
                        request -> request.bucket(location.bucket())
                                .key(location.prefix() + path)
                                .contentType("application/gzip")
                                .contentMD5(md5(content)),
                        RequestBody.fromBytes(content)));
    }

    private static String md5(byte[] content) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    @Override
    public List<String> folders(String path) {
        String folder = folder(path);
        return calling(
                "listed",
                () -> client.listObjectsV2Paginator(below(folder)).commonPrefixes().stream()
                        .map(CommonPrefix::prefix)
                        .map(name -> name.substring(folder.length(), name.length() - 1))
                        .sorted()
                        .toList());
    }

    @Override
    public List<String> files(String path) {
        String folder = folder(path);
        return calling(
                "listed",
                () -> client.listObjectsV2Paginator(below(folder)).contents().stream()
                        .map(S3Object::key)
                        .map(name -> name.substring(folder.length()))
                        .filter(name -> !name.isEmpty())
                        .sorted()
                        .toList());
    }

    private String folder(String path) {
        return location.prefix() + (path.isEmpty() ? "" : path + "/");
    }

    private ListObjectsV2Request below(String folder) {
        return ListObjectsV2Request.builder()
                .bucket(location.bucket())
                .prefix(folder)
                .delimiter("/")
                .build();
    }

    @Override
    public InputStream open(String path) {
        return calling(
                "read",
                () -> client.getObject(
                        request -> request.bucket(location.bucket()).key(location.prefix() + path)));
    }

    private <T> T calling(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (AwsServiceException e) {
            // why without a cause: what the server says may repeat what it was sent
            throw new ArchiveException("the archive " + place() + " cannot be " + what + ": " + refusal(e));
        } catch (SdkException e) {
            throw new ArchiveException(
                    "the archive " + place() + " cannot be " + what + ": it does not answer: " + e.getMessage(), e);
        }
    }

    private static String refusal(AwsServiceException e) {
        String code = Optional.ofNullable(e.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .filter(text -> CODE.matcher(text).matches())
                .orElse("refused");
        String hint = switch (code) {
            case "NoSuchBucket" -> "; there is no such bucket";
            case "InvalidAccessKeyId", "SignatureDoesNotMatch", "AccessDenied", "InvalidToken", "ExpiredToken" ->
                "; check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and what they may do";
            case "PermanentRedirect", "AuthorizationHeaderMalformed" -> "; check the region and the endpoint";
            case "RequestTimeTooSkewed" -> "; this machine's clock is wrong";
            default -> "";
        };
        return code + " (HTTP " + e.statusCode() + ")" + hint;
    }
}
