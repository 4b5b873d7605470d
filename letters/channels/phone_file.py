"""Messages to phones as files beside the e-mails: shows the demo what a phone would get."""

import re
from collections.abc import Callable
from dataclasses import replace

from letters.channels.base import Message
from letters.channels.file import FileChannel

NUMBER = re.compile(r"^\+[1-9]\d{7,14}$")


class PhoneFileChannel(FileChannel):
    """The file channel for numbers like +84912345678; the file names the phone as an e-mail would."""

    def normal(self, address: str) -> str:
        if not NUMBER.match(address):
            raise ValueError("not a phone number")
        return address

    def hand_over(self, message: Message, begin: Callable[[], None]) -> None:
        address = f"{message.address.removeprefix('+')}@dien-thoai.example.org"
        super().hand_over(replace(message, address=address), begin)
