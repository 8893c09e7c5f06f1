/** Jobs whose output grows run by run: what was scored already, and what is new. */
package dev.sigmax.job.incremental;
