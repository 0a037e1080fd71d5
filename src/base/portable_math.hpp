#pragma once

// The few functions that random durations are made of, the same to the last bit wherever they run. The C
// library's own differ between its versions and with the processor, and a difference in the last bit can move
// a message by a microsecond, and so change a whole run. These use only + - * / and sqrt on doubles, which
// IEEE 754 rounds in one way.

namespace hearsay {

/// The natural logarithm of x, 0 < x < infinity, with a relative error below 1e-14.
double portable_ln(double x);

/// e to the x, -700 <= x <= 700, with a relative error below 1e-14.
double portable_exp(double x);

/// The number that a standard normal variable is below with probability `tail`, e^-25 <= tail <= 1/2; never
/// positive; with a relative error below 1e-14. Source: M. J. Wichura, "Algorithm AS 241: the percentage
/// points of the normal distribution", Applied Statistics 37 (1988), routine PPND16.
double portable_normal_deviate(double tail);

}  // namespace hearsay
