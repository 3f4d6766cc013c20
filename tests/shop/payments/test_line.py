"""The line before a provider: so many ask at once, and nobody queues for one that is silent."""

import threading
import time

import pytest

from shop.payments.methods.line import Busy, Line


@pytest.fixture
def line():
    return Line(most=2, patience=0.2)


@pytest.fixture
def hang_on(line):
    """Let so many threads have their turn until the test ends; returns when they have."""
    end, threads = threading.Event(), []

    def hold(number):
        begun = threading.Barrier(number + 1)

        def ask():
            with line.turn():
                begun.wait(timeout=5)
                end.wait(timeout=5)

        threads.extend(threading.Thread(target=ask) for _ in range(number))
        for one in threads:
            one.start()
        begun.wait(timeout=5)
        return end

    yield hold
    end.set()
    for one in threads:
        one.join()


def asks(line):
    began = time.monotonic()
    try:
        with line.turn():
            return True, time.monotonic() - began
    except Busy:
        return False, time.monotonic() - began


def test_with_room_there_is_no_wait(line, hang_on):
    hang_on(1)
    assert asks(line)[0]


def test_without_room_the_next_one_waits_its_turn(line, hang_on):
    end = hang_on(2)
    threading.Timer(0.05, end.set).start()
    done, waited = asks(line)
    assert done
    assert waited > 0.02


def test_no_turn_comes(line, hang_on):
    hang_on(2)
    done, waited = asks(line)
    assert not done
    assert waited >= 0.2


def test_nobody_waits_for_one_that_is_silent(line, hang_on):
    hang_on(2)
    time.sleep(0.3)
    done, waited = asks(line)
    assert not done
    assert waited < 0.15


def test_a_failure_gives_the_turn_back(line):
    for _ in range(3):
        with pytest.raises(ValueError, match="no"), line.turn():
            raise ValueError("no")
    assert asks(line)[0]
