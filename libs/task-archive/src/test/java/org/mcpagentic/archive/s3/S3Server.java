package org.mcpagentic.archive.s3;

import java.net.URI;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** A server of S3's protocol on loopback, which checks signatures and keeps its objects in memory. */
public final class S3Server implements AutoCloseable {

    /** Whom the server knows. */
    public static final S3Keys KEYS = new S3Keys("archivist", "a secret of tests", Optional.empty());

    private final BlobStore objects = new TransientNio2BlobStore();
    private final S3Proxy server;

    public S3Server() {
        try {
            server = S3Proxy.builder()
                    .endpoint(URI.create("http://127.0.0.1:0"))
                    .awsAuthentication(AuthenticationType.AWS_V4, KEYS.accessKeyId(), KEYS.secretAccessKey())
                    .blobStore(objects)
                    .build();
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server of the tests does not start", e);
        }
    }

    /** A bucket that is new. */
    public S3Location bucket(String name, String prefix) {
        objects.createContainer(name);
        return place(name, prefix);
    }

    /** Where a bucket would be. */
    public S3Location place(String name, String prefix) {
        return new S3Location(Optional.of(url()), "us-east-1", name, prefix, true);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server of the tests does not stop", e);
        }
    }
}
