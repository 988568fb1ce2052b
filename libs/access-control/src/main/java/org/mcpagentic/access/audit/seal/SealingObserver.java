package org.mcpagentic.access.audit.seal;

import java.time.Duration;

/** Is told what sealers do. */
public interface SealingObserver {

    /** So many entries were sealed. */
    void sealed(int entries);

    /** The oldest entry of a shard that is not sealed is so old; zero where all are. */
    void waiting(int shard, Duration oldest);

    /** Something kept a sealer from its work, or was not as it had left it. */
    void failed();
}
