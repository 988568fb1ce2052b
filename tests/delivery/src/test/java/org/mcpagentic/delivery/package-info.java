/** Renders {@code k8s/} and the Helm chart, checks what they say, and holds them together. */
@NullMarked
package org.mcpagentic.delivery;

import org.jspecify.annotations.NullMarked;
