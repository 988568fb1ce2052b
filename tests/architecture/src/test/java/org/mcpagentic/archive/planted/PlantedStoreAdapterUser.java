package org.mcpagentic.archive.planted;

import org.mcpagentic.store.redis.StoreConfig;

/** Breaks a rule on purpose: the archive knows how the store is kept. */
record PlantedStoreAdapterUser(StoreConfig config) {}
