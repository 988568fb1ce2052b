package org.mcpagentic.edge.access;

import java.util.List;

/**
 * The routes of a service; each service has one bean of this type. What is not in it, nor in {@link PlatformRoutes},
 * is not served.
 */
@FunctionalInterface
public interface RouteTable {

    List<Route> routes();
}
