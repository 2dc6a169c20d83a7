"""Shoppers, Stripe, messages and sweeps in any order, with crashes: four sentences stay true.

Never is more sold than there is; money captured is money of orders that are paid or need
attention; one confirmation for each paid order; never does more go back than came.
"""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine
from sqlalchemy import func, select

from shop.catalog.models import Lot
from shop.orders import events, jobs, paying, placing, receipts, refunds, settling
from shop.orders.models import Order, OrderLine, Payment, Refund, RefundState, State
from shop.orders.states import CAPTURED
from shop.plumbing import db as database
from shop.plumbing import jobs as queue
from shop.plumbing.clock import now
from shop.plumbing.db import db
from shop.plumbing.errors import ShopError
from shop.plumbing.jobs import Job
from shop.plumbing.mail import Letter
from tests.doubles.stripe_double import Fault, StripeDouble
from tests.orders.factories import CONTACT, cart_of, stocked

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MODEST = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


class Crash(BaseException):
    """The process is gone: no `except` of ours sees it."""


class Checkout(RuleBasedStateMachine):
    """Each run has a variant of its own with two lots, so that runs do not disturb each other."""

    forms = Bundle("forms")

    def __init__(self):
        super().__init__()
        self.clock = time_machine.travel(NOON, tick=False)
        self.now = self.clock.start()
        self.counter = StripeDouble()
        self.payments = self.counter.payments()
        self.variant = stocked(3, 2)
        self.crash_at = 0  # 1: before the next transaction; 2: before its commit; 3: after it

    def teardown(self):
        self.faults_are_over()
        self.everything_is_told_and_swept()
        self.money_captured_is_money_of_orders()
        self.clock.stop()

    @contextmanager
    def transaction(self):
        moment, self.crash_at = self.crash_at, 0
        if moment == 1:
            raise Crash
        with database.transaction():
            yield
            if moment == 2:
                raise Crash
        if moment == 3:
            raise Crash

    @contextmanager
    def may_fail(self):
        try:
            yield
        except ShopError:
            pass
        except Crash:
            db.session.rollback()
        self.crash_at = 0

    @initialize(target=forms, quantity=st.integers(1, 3))
    def somebody_is_about_to_pay(self, quantity):
        return self.ordered(quantity, far=2)

    @rule(target=forms, quantity=st.integers(1, 3), far=st.integers(1, 4))
    def somebody_comes(self, quantity, far):
        return self.ordered(quantity, far)

    def ordered(self, quantity, far):
        """Place an order, and go on to its payment, to paying, to coming back."""
        form, cart = placing.new_form_token(), cart_of((self.variant, quantity))
        with self.may_fail(), self.transaction():
            placing.place(form, cart, CONTACT, at=now())
        if self.order_of(form) is None:
            return multiple()
        for step in (self.open_session, self.pay, self.come_back)[: far - 1]:
            step(form)
        return form

    @rule(form=forms)
    def open_session(self, form):
        token = placing.order_token(form)
        with self.may_fail():
            paying.open_session(token, payments=self.payments, transaction=self.transaction)

    @rule(form=forms)
    def pay(self, form):
        session = self.session_of(form)
        self.counter._let_time_pass()  # noqa: SLF001 - Stripe's own clock
        if session is not None and session["status"] == "open":
            self.counter.pay(session["id"])

    @rule(form=forms)
    def pay_although_it_was_over(self, form):
        """The money had been under way when the session ended."""
        session = self.session_of(form)
        if session is not None and session["status"] == "expired":
            session |= {"status": "open", "expires_at": now().timestamp() + 60}
            self.counter.pay(session["id"])

    @rule(form=forms)
    def come_back(self, form):
        session = self.session_of(form)
        if session is not None:
            with self.may_fail():
                settling.settle(session["id"], payments=self.payments, transaction=self.transaction)

    @rule(form=forms)
    def cancel(self, form):
        with self.may_fail():
            order = receipts.by_token(placing.order_token(form))
            settling.close(
                order.public_id,
                payments=self.payments,
                transaction=self.transaction,
                into=State.CANCELLED,
            )

    @rule(data=st.data())
    def deliver_any_event(self, data):
        if self.counter.events:
            event = data.draw(st.sampled_from(self.counter.events))
            payload, signature = self.counter.signed(event)
            read = self.payments.read_event(payload.encode(), signature, at=now())
            with self.may_fail(), self.transaction():
                events.receive(read, at=now())

    @rule()
    def work(self):
        for _ in range(10):
            if not queue.run_one(jobs.handlers(self.payments)):
                break

    @rule(minutes=st.sampled_from([1, 1, 1, 6, 36, 51]))
    def time_passes_and_the_sweep_rings(self, minutes):
        self.now.shift(timedelta(minutes=minutes))
        with self.may_fail(), self.transaction():
            jobs.ring_for_due()

    @rule(form=forms, amount=st.sampled_from([None, 1, 1500, 3850, 20_000]))
    def refund(self, form, amount):
        with self.may_fail():
            order = receipts.by_token(placing.order_token(form))
            with self.transaction():
                refunds.ask(order.public_id, amount, reason="")

    @rule(faults=st.lists(st.sampled_from(Fault), min_size=1, max_size=3))
    def stripe_has_a_bad_moment(self, faults):
        self.counter.faults.extend(faults)

    @rule(moment=st.integers(1, 3))
    def crash_at_the_next_transaction(self, moment):
        self.crash_at = moment

    @rule()
    def faults_are_over(self):
        self.counter.faults.clear()
        self.crash_at = 0

    @invariant()
    def never_more_is_sold_than_there_is(self):
        db.session.rollback()
        lots = db.session.execute(
            select(Lot.id, Lot.on_hand, Lot.reserved).where(Lot.variant_id == self.variant.id)
        )
        for lot_id, on_hand, reserved in lots:
            held = self.sum_of(OrderLine.quantity, OrderLine.lot_id == lot_id, Order.holds_stock)
            assert 0 <= held == reserved <= on_hand

    @invariant()
    def paid_orders_have_their_stock_their_money_and_one_letter(self):
        for order in self.orders():
            key = f"order-paid:{order.public_id}"
            letters = db.session.query(Letter).filter(Letter.key == key).count()
            paid = self.sum_of(Payment.amount_minor, Payment.order_id == order.id)
            assert letters <= 1
            assert (paid > 0) is (order.state in CAPTURED)
            if order.state == State.PAID:
                assert (paid, letters, order.holds_stock) == (order.total_minor, 1, True)

    @invariant()
    def never_more_goes_back_than_came(self):
        assert self.counter.returned() <= self.counter.captured()
        for order in self.orders():
            asked = self.sum_of(
                Refund.amount_minor,
                Refund.order_id == order.id,
                Refund.state != RefundState.REFUSED,
            )
            assert asked <= self.sum_of(Payment.amount_minor, Payment.order_id == order.id)

    def everything_is_told_and_swept(self):
        for event in self.counter.events:
            payload, signature = self.counter.signed(event)
            read = self.payments.read_event(payload.encode(), signature, at=now())
            with database.transaction():
                events.receive(read, at=now())
        for _ in range(3):
            self.now.shift(timedelta(hours=3))
            with database.transaction():
                jobs.ring_for_due()
            queue.run_due(jobs.handlers(self.payments))
        with database.transaction():
            db.session.query(Job).delete()

    def money_captured_is_money_of_orders(self):
        recorded = sum(
            self.sum_of(Payment.amount_minor, Payment.order_id == order.id)
            for order in self.orders()
            if order.state in CAPTURED
        )
        assert recorded == self.counter.captured()
        assert all(
            order.state not in {State.DRAFT, State.AWAITING_PAYMENT} for order in self.orders()
        )

    def session_of(self, form):
        order = self.order_of(form)
        found = [
            session
            for session in self.counter.sessions.values()
            if order is not None and session["client_reference_id"] == order.public_id
        ]
        # Nobody has the address of a session that was not written down.
        return found[0] if found and order.session_id == found[0]["id"] else None

    def order_of(self, form):
        db.session.rollback()
        token_hash = receipts.tokens.digest(placing.order_token(form))
        return db.session.scalar(select(Order).where(Order.token_hash == token_hash))

    def orders(self):
        db.session.rollback()
        mine = select(OrderLine.order_id).where(OrderLine.variant_id == self.variant.id)
        return db.session.scalars(select(Order).where(Order.id.in_(mine))).all()

    def sum_of(self, column, *conditions):
        statement = select(func.sum(column)).where(*conditions)
        if column.class_ is OrderLine:
            statement = statement.join(Order, Order.id == OrderLine.order_id)
        return db.session.scalar(statement) or 0


def test_checkout_keeps_its_promises_whatever_happens(app):
    run_machine(Checkout, settings=MODEST)
