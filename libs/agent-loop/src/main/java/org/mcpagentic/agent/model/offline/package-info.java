/**
 * The model of last resort: rules instead of a network, so that the system can be tried and tested without an account.
 *
 * <p>A request is cut into tokens ({@code Lexer}), read into findings by one recogniser per kind of question
 * ({@code RequestReader}), carried out by calls of tools ({@code Plan}) and put into one answer ({@code Composer}).
 */
@NullMarked
package org.mcpagentic.agent.model.offline;

import org.jspecify.annotations.NullMarked;
