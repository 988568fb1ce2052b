/**
 * Real Redis servers on loopback that end with the JVM that started them: for the launcher and for tests, never part of
 * a service.
 */
@NullMarked
package org.mcpagentic.localredis;

import org.jspecify.annotations.NullMarked;
