/** The rules of what governs others: quotas, budgets, priorities, roles. */
@NullMarked
package dev.orrery.apiserver.rules.policy;

import org.jspecify.annotations.NullMarked;
