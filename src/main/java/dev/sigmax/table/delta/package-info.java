/**
 * Delta's tables: what they take, what runs they have, and the commit that publishes one. Alone in
 * naming Delta Kernel, a library that is there only where somebody has such tables.
 */
package dev.sigmax.table.delta;
