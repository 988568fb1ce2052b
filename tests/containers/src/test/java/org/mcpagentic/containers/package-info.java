/** Runs the images as the manifests say, by podman and behind nginx. */
@NullMarked
package org.mcpagentic.containers;

import org.jspecify.annotations.NullMarked;
