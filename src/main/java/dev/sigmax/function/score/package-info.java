/**
 * The function that jobs score rows by, which is none for users: its arguments, its result, and
 * what it keeps for each thread and task.
 */
package dev.sigmax.function.score;
