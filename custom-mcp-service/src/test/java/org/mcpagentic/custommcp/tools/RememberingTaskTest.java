package org.mcpagentic.custommcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;
import org.mcpagentic.custommcp.support.Tasks;
import org.mcpagentic.testsupport.RedisOfTests;

/** What one task remembers, the next one knows; through the loop, the journal and Redis. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
class RememberingTaskTest {

    @Test
    void theNextTaskKnowsWhatOneRemembered() {
        Tasks.run(Tasks.create("Remember that our deadline is 2027-03-01.", "memory_put"));

        JsonPath next = Tasks.run(Tasks.create("What do you remember about the deadline?", "memory_search"));

        assertThat(next.getString("status")).isEqualTo("succeeded");
        assertThat(next.getString("result"))
                .isEqualTo("About \u201cdeadline\u201d I remember:\n- `our-deadline`: our deadline is 2027-03-01");
    }

    @Test
    void whatIsRecalledWaitsForWhatIsRemembered() {
        JsonPath task = Tasks.run(Tasks.create(
                "Remember \"4711\" as door/code. Recall door/code. What is the sha-256 of \"4711\", and base64 encode \"4711\"?",
                "memory_put",
                "memory_get",
                "hash",
                "encoding"));

        assertThat(task.getString("status")).isEqualTo("succeeded");
        assertThat(task.getString("result"))
                .contains(
                        "I remember \u201c4711\u201d as `door/code`.",
                        "As `door/code` I remember: `4711`",
                        "`de650d61f5bd166a91f8ccec3158297db18b9d50eaedca238cd29dc3a214a916`",
                        "`NDcxMQ==`");
        assertThat(task.getList("steps.tool_name", String.class))
                .filteredOn(name -> name != null)
                .containsExactlyInAnyOrder("memory_put", "memory_get", "hash", "encoding");
    }
}
