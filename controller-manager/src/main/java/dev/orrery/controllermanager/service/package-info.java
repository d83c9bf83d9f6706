/** What Services select: which pods stand behind them, on which ports. */
@NullMarked
package dev.orrery.controllermanager.service;

import org.jspecify.annotations.NullMarked;
