"""Cart, order, reservation, payment: nothing oversold, nothing lost."""
