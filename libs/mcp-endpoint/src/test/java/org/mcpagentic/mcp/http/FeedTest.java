package org.mcpagentic.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.mcpagentic.edge.sse.ServerSentEvent;

class FeedTest {

    private final AtomicBoolean letGo = new AtomicBoolean();
    private final Multi<ObjectNode> silent =
            Multi.createFrom().<ObjectNode>nothing().onCancellation().invoke(() -> letGo.set(true));
    private final UnicastProcessor<ObjectNode> source = UnicastProcessor.create();

    @Test
    void endsWhereASourceFailsSoThatTheClientListensAgain() {
        AssertSubscriber<ServerSentEvent> client = listening(List.of(silent, source));
        source.onNext(message());

        source.onError(new IllegalStateException("the store was away for a moment"));

        client.assertCompleted();
        assertThat(client.getItems()).hasSize(2);
        assertThat(letGo).isTrue();
    }

    @Test
    void endsWhereASourceFailsAtOnce() {
        AssertSubscriber<ServerSentEvent> client =
                listening(List.of(silent, Multi.createFrom().failure(new IllegalStateException("away"))));

        client.assertCompleted();
        assertThat(letGo).isTrue();
    }

    @Test
    void goesOnWhereASourceEnds() {
        AssertSubscriber<ServerSentEvent> client = listening(List.of(silent, source));

        source.onComplete();

        client.assertNotTerminated();
        assertThat(letGo).isFalse();
    }

    private static AssertSubscriber<ServerSentEvent> listening(List<Multi<ObjectNode>> sources) {
        return Feed.of(message(), sources).subscribe().withSubscriber(AssertSubscriber.create(10));
    }

    private static ObjectNode message() {
        return JsonNodeFactory.instance.objectNode();
    }
}
