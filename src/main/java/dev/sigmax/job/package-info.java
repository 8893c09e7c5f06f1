/** The commands' work: each class is one command and reads like what it does. */
package dev.sigmax.job;
