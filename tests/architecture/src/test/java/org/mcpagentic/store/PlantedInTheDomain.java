package org.mcpagentic.store;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Breaks a rule on purpose: the domain knows a JSON library. */
final class PlantedInTheDomain {

    final ObjectMapper json = new ObjectMapper();
}
