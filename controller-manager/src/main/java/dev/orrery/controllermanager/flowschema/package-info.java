/** Says of FlowSchemas whether the priority level that they name is there. */
@NullMarked
package dev.orrery.controllermanager.flowschema;

import org.jspecify.annotations.NullMarked;
