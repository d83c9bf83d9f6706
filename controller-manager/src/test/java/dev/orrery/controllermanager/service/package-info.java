@NullMarked
package dev.orrery.controllermanager.service;

import org.jspecify.annotations.NullMarked;
