package org.mcpagentic.archive.planted;

import software.amazon.awssdk.regions.Region;

/** Breaks a rule on purpose: not only the adapter knows Amazon. */
record PlantedAmazonUser(Region region) {}
