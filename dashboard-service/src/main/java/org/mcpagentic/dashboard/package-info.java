/** The web page for people: what it shows, and the routes below {@code api/} that it talks to. */
@NullMarked
package org.mcpagentic.dashboard;

import org.jspecify.annotations.NullMarked;
