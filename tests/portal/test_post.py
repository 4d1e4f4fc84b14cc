"""Mails: written with their cause, sent once by a real SMTP server's word, tried again, cancelled in time."""

import email
import email.policy
import socket
import threading
from datetime import timedelta

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.core import mail as outbox_of
from django.db import connection, transaction
from django.urls import reverse

from portal import clock, notices, post
from portal.models import Mail, Notice, TaskRun
from portal.tasks import send_mails

pytestmark = pytest.mark.django_db(transaction=True)


class Letterbox:
    """A real SMTP server's memory; `refuse` makes it say no."""

    def __init__(self):
        self.letters, self.refuse = [], False

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("full@"):
            return "552 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 known"

    async def handle_DATA(self, server, session, envelope):
        if self.refuse:
            return "451 try again later"
        self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 taken"


@pytest.fixture
def smtp(settings):
    box = Letterbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield box
    server.stop()


def written(**over):
    return post.write(**{"to": "zoe@elsewhere.example", "subject": "Hello", "body": "Good day.\n", "kind": "test", "language": "fr", **over})


def test_a_mail_leaves_once_with_what_was_written(smtp):
    letter = written(attachment=("visit.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR\n"), headers={"Reply-To": "people@rivage.example"})
    assert send_mails() == 1
    assert send_mails() == 0
    sent = smtp.letters[0]
    assert (sent["To"], sent["Subject"], sent["Reply-To"], sent["Content-Language"]) == ("zoe@elsewhere.example", "Hello", "people@rivage.example", "fr")
    assert sent.get_body().get_content().strip() == "Good day."
    assert [part.get_content_type() for part in sent.iter_attachments()] == ["text/calendar"]
    letter.refresh_from_db()
    assert (letter.state, letter.body, letter.attachment) == ("sent", "", "")


def test_a_mail_of_an_undone_transaction_never_was(smtp):
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
        written()
        raise RuntimeError
    assert send_mails() == 0
    assert smtp.letters == []


def test_the_same_key_is_written_once(smtp):
    assert written(key="welcome:7") is not None
    assert written(key="welcome:7") is None
    send_mails()
    assert written(key="welcome:7") is None
    assert len(smtp.letters) == 1


def test_a_refused_mail_is_tried_again_later_and_not_before(smtp):
    letter = written()
    smtp.refuse = True
    assert send_mails() == 0
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("waiting", 1)
    smtp.refuse = False
    assert send_mails() == 0
    with time_machine.travel(clock.now() + timedelta(minutes=3), tick=True):
        assert send_mails() == 1


def test_a_mail_is_given_up_after_eight_tries(smtp):
    letter = written()
    smtp.refuse = True
    for days in range(1, 12):
        with time_machine.travel(clock.now() + timedelta(days=days), tick=True):
            send_mails()
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("failed", post.MOST_ATTEMPTS)


@pytest.mark.parametrize("broken", [{"to": "full@rivage.example"}, {"headers": {"X-Note": "two\nlines"}}])
def test_one_broken_mail_holds_nobody_else_up(smtp, broken):
    letter = written(**broken)
    written(to="ben@rivage.example")
    assert send_mails() == 1
    assert [sent["To"] for sent in smtp.letters] == ["ben@rivage.example"]
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("waiting", 1)


def test_a_mail_waits_for_its_hour_and_can_be_taken_back(smtp):
    late, taken_back = written(send_after=clock.now() + timedelta(hours=2)), written(send_after=clock.now() + timedelta(hours=2), kind="other")
    assert send_mails() == 0
    assert post.cancel(kind="other") == 1
    with time_machine.travel(clock.now() + timedelta(hours=3), tick=True):
        assert send_mails() == 1
        assert post.cancel(pk=late.pk) == 0
    taken_back.refresh_from_db()
    assert taken_back.state == "cancelled"
    assert len(smtp.letters) == 1


def test_a_mail_of_a_worker_that_died_is_taken_again_with_the_same_id(smtp):
    letter = written()
    Mail.objects.filter(pk=letter.pk).update(state=Mail.State.SENDING, claimed_at=clock.now(), attempts=1)
    assert send_mails() == 0
    with time_machine.travel(clock.now() + post.CLAIM_LASTS + timedelta(seconds=1), tick=True):
        assert send_mails() == 1
    assert smtp.letters[0]["Message-ID"] == f"<mail-{letter.pk}@localhost>"


def test_two_workers_send_a_mail_once(smtp):
    letters = [written() for _ in range(10)]
    start = threading.Barrier(4)

    def work():
        start.wait()
        for letter in letters:
            post.deliver(letter.pk)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]
    assert len(smtp.letters) == 10


def test_a_subject_is_one_line_however_it_was_written(smtp):
    written(subject="Hello\r\nBcc: everyone@rivage.example")
    send_mails()
    assert smtp.letters[0]["Bcc"] is None
    assert smtp.letters[0]["Subject"] == "Hello Bcc: everyone@rivage.example"


def test_a_name_in_a_mail_stays_as_it_is_written(tmp_path, settings):
    (tmp_path / "x.txt").write_text("Hello {{ name }}\n\nDear {{ name }}, it’s <noon>.\n")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    assert post.render("x.txt", {"name": "Aoife O'Brien & Co"}, "en") == ("Hello Aoife O'Brien & Co", "Dear Aoife O'Brien & Co, it’s <noon>.\n")


def test_a_hurried_mail_leaves_at_once_when_no_worker_listens(smtp):
    with transaction.atomic():
        written(at_once=True)
        assert smtp.letters == []
    assert len(smtp.letters) == 1


def test_a_hurried_mail_leaves_at_once_when_the_bell_is_dead(smtp):
    TaskRun.objects.create(name="portal.beat", started_at=clock.now(), finished_at=clock.now())
    written(at_once=True)
    assert len(smtp.letters) == 1


def test_who_hears_something_is_told_in_both_languages_and_can_be_mailed_in_their_own(cast, tmp_path, settings):
    user = cast.ben.user
    user.language = "fr"
    user.save()
    from django.utils.translation import gettext

    (tmp_path / "told.txt").write_text('{% load i18n %}{% translate "Search" %}\n\n{{ user.email }}')
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    notices.tell(user, "test", lambda: gettext("English"), url="/", mail="told.txt", key="told:1")
    notices.tell(user, "test", lambda: gettext("English"), url="/", mail="told.txt", key="told:1")
    assert Notice.objects.filter(user=user, text_fr="Anglais", text_en="English").count() == 2
    assert Mail.objects.filter(key="told:1").count() == 1
    assert notices.unread(user) == 2


def test_who_changes_their_language_reads_old_notices_in_the_new_one(cast, client_of):
    from django.utils.translation import gettext

    notices.tell(cast.ben.user, "test", lambda: gettext("English"))
    for language, said in (("fr", "Anglais"), ("en", "English")):
        cast.ben.user.language = language
        cast.ben.user.save()
        assert f'<b lang="{language}">{said}</b>' in client_of("ben").get("/notices/").content.decode()


def test_a_notice_is_opened_by_its_reader_only(cast, client_of):
    notice = notices.tell(cast.ben.user, "test", lambda: "Hello", url="/notices/")
    assert client_of("cleo").post(reverse("notice_open", args=[notice.pk])).status_code == 404
    assert client_of("ben").post(reverse("notice_open", args=[notice.pk])).headers["Location"] == "/notices/"
    assert notices.unread(cast.ben.user) == 0
    assert outbox_of.outbox == []


def test_what_a_mail_does_not_say_leaves_no_gap(tmp_path, settings):
    (tmp_path / "gap.txt").write_text("Subject\n\nOne.\n\n{{ nothing }}\n \n{% if nothing %}Two.{% endif %}\n\n  Three.\n\nFour.\n")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    assert post.render("gap.txt", {}, "en") == ("Subject", "One.\n\n  Three.\n\nFour.\n")
