package org.mcpagentic.models.wire;

import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.ModelException.Kind;

/** What a failure below HTTP means; names the host and nothing else. */
final class NetworkFailures {

    private NetworkFailures() {}

    static ModelException of(Throwable cause, Failures failures, String host) {
        return switch (cause) {
            case ModelException known -> known;
            case UnknownHostException unknown ->
                failures.of(Kind.TRANSIENT, "cannot be reached: the name " + host + " is not known");
            case ConnectTimeoutException late -> notInTime(failures, host);
            case ConnectException refused ->
                failures.of(Kind.TRANSIENT, "cannot be reached: " + host + " does not take connections");
            case NoRouteToHostException away ->
                failures.of(Kind.TRANSIENT, "cannot be reached: there is no way to " + host);
            case TimeoutException late -> notInTime(failures, host);
            case SSLException tls ->
                isAboutCertificates(tls)
                        ? failures.of(
                                Kind.PERMANENT, "cannot be reached: the certificate of " + host + " is not trusted")
                        : failures.of(
                                Kind.TRANSIENT, "cannot be reached: " + host + " does not speak TLS as it should");
            default -> failures.of(Kind.TRANSIENT, "did not answer: the connection to " + host + " broke");
        };
    }

    private static ModelException notInTime(Failures failures, String host) {
        return failures.of(Kind.TRANSIENT, "cannot be reached: no connection to " + host + " in time");
    }

    private static boolean isAboutCertificates(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 10; depth++) {
            if (cause instanceof GeneralSecurityException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
