"""What do we write to somebody who has paid? Each letter has a key, so it is written once."""

from shop.orders import pricing, receipts, tokens
from shop.orders.models import Order
from shop.plumbing import mail


def write_confirmation(order: Order, *, base_url: str) -> None:
    """The one confirmation of an order, with a link of its own to the order's page."""
    token = tokens.new_token()
    order.letter_hash = tokens.digest(token)
    receipt = receipts.receipt(order)
    currency = receipt.totals.currency
    lines = "\n".join(
        f"{line.quantity} x {line.names['brand']} {line.names['product']} {line.names['size']}\n"
        f"    lot {line.names['lot']}, {pricing.shown(line.total_minor, currency)}"
        for line in receipt.lines
    )
    text = (
        f"Thank you. We have your payment for order {receipt.public_id}.\n\n"
        f"{lines}\n\n"
        f"Delivery {pricing.shown(receipt.totals.shipping_minor, currency)}\n"
        f"Total {pricing.shown(receipt.totals.total_minor, currency)}\n\n"
        "Your order, with the certificate of each lot as it stood when you bought it:\n"
        f"{base_url}/orders/{token}\n\n"
        "Whoever has this link can see the order. Keep it to yourself.\n"
    )
    mail.write(
        f"order-paid:{receipt.public_id}",
        to=receipt.email,
        subject=f"Your order {receipt.public_id}",
        text=text,
    )
