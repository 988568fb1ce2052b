@NullMarked
package org.mcpagentic.models;

import org.jspecify.annotations.NullMarked;
