/** What is done to the cluster. */
@NullMarked
package org.mcpagentic.chaos.cluster;

import org.jspecify.annotations.NullMarked;
