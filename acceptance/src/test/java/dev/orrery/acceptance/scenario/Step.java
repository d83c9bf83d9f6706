package dev.orrery.acceptance.scenario;

/**
 * One command of a scenario.
 *
 * @param line where it stands in the file
 * @param command as typed
 * @param eventually whether it is tried again until it prints what is expected
 * @param exit the exit code that is expected
 * @param expected what it must print
 */
record Step(int line, String command, boolean eventually, int exit, Pattern expected) {}
