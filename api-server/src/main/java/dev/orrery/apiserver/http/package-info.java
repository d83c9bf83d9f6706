/** The API as HTTP sees it: paths, headers, and what is found where. Without a server in it. */
@NullMarked
package dev.orrery.apiserver.http;

import org.jspecify.annotations.NullMarked;
