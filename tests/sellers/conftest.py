import pytest
import time_machine

from tests.sellers import proofs


@pytest.fixture
def clock():
    """Time stands still where the tests of proofs begin, until one moves it."""
    with time_machine.travel(proofs.START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(clock, dns_server, web_server, outbound):
    return proofs.World(dns_server, web_server, outbound, clock)


@pytest.fixture
def bay(app, clock):
    """An address on record for a retailer, with nothing to show for it."""
    return proofs.add_domain("Brush & Bay", "brushandbay.com")


@pytest.fixture
def proven(bay, world):
    """A record that was found a minute after its token was given out."""
    started = proofs.begin(bay)
    world.publish(started)
    world.shift(proofs.MINUTE)
    proofs.look(world)
    return started


@pytest.fixture
def offer(app, clock):
    """A link of a listed shop, judged by what stands on record; nobody proved anything."""
    return proofs.make_offer()
