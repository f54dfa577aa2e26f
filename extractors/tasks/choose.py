"""The choosing story: which clauses and sentences give work, to whom, under which heading?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from extractors.parties import Home
from extractors.sections import section_rule
from extractors.tasks.genre import genre_of, issuer_key
from extractors.tasks.labelled import Labelled, Part, of_field, take_apart
from extractors.tasks.outline import Node, outline
from extractors.tasks.prose import (
    Assignment,
    Prose,
    duty_start,
    is_circumstance,
    is_courtesy,
    is_statement,
    read_assignment,
    read_run,
    remainder,
    verb_led,
)
from schemas.letter import Letter, Span
from schemas.task import Claim, Clause, Duty, Layout

_HEADING_LEAD = regex.compile(
    r"(?:(?:đối với|về phía|trách nhiệm (?:của|thuộc)|nhiệm vụ(?: chung| cụ thể)? của|về trách nhiệm của|phần việc của|"
    r"giao(?: cho)?|đề nghị|yêu cầu|phân công|đồng chí) ?:? ?)?",
    regex.V1 | regex.I,
)
_NOUNS = regex.compile(
    r"(?:tiến độ|những|các (?!bộ|sở|cơ quan|đơn vị|địa phương)|số |số liệu|thông tin(?! kịp)|kết quả|về |danh sách|danh mục|tên |"
    r"vướng mắc|khó khăn|nguyên nhân|tổng số|tỷ lệ|mức |loại |đơn giá|chi phí|diện tích|thành phần|"
    r"địa điểm|thời gian|đối tượng|điều kiện|tiêu chuẩn|tiêu chí|quy mô|hình thức|nội dung|lý do|"
    r"email|điện thoại|fax|website|ghi chú|mẫu |biểu |phụ lục|\d|ông |bà |đồng chí |đ/c |lưu:|như trên)",
    regex.V1 | regex.I,
)
_EXECUTES = regex.compile(r"chịu trách nhiệm (?:tổ chức )?(?:thi hành|thực hiện)", regex.V1 | regex.I)
_WRITERS_VERBS = regex.compile(
    r"(?:xem xét|quyết định|thông báo|ban hành|đề nghị|yêu cầu|ghi nhận|trả lời|thống nhất|đồng ý|"
    r"nhận|mời|kính|tổ chức (?:hội nghị|cuộc họp|họp)|biểu dương|đánh giá)",
    regex.V1 | regex.I,
)
_SHORT_TITLE = 40
_LONGEST_TITLE = 120
_STRONG_TITLE = regex.compile(r"chủ trì|phối hợp|chịu trách nhiệm|có trách nhiệm|thực hiện", regex.V1 | regex.I)
_FEW_WORDS = 4
"""A duty of fewer words ("triển khai thực hiện") says nothing without its party."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a clause has from those above it.

    `owners` the parties that own what stands here and whence; `layout` how they came;
    `mode` which sentences may be duties ("all", "named", "none"); `asks` the letter has
    announced duties here.
    """

    genre: str = "all"
    section: str | None = None
    mode: str = "named"
    owners: tuple[Claim, ...] = ()
    layout: Layout = "directive"
    heading: str | None = None
    times: tuple[Claim, ...] = ()
    below_duty: bool = False
    owners_beside: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a paragraph that is one duty, or none: its words, its party."""

    span: Span
    text: int
    given: Assignment | None


def prose_duties(letter: Letter, clauses: Sequence[Clause], home: Home) -> Iterator[Duty]:
    """The duties of body and annexes outside tables."""
    teller = _Teller(letter, home, issuer_key(home))
    nodes = outline(letter, clauses)
    for section in letter.sections:
        inside = [one for one in nodes if section.start <= one.clause.span.start < section.end]
        if inside:
            yield from teller.duties(inside, Context(genre=genre_of(letter, section)))


@dataclass(frozen=True, slots=True)
class _Teller:
    letter: Letter
    home: Home
    issuer: str | None

    # The walk -------------------------------------------------------------------------------

    def duties(self, nodes: Sequence[Node], context: Context) -> Iterator[Duty]:
        """The duties of clauses that stand side by side."""
        context = self._with_section_wide(nodes, context)
        context = replace(context, owners_beside=self._many_owners(nodes))
        for node in nodes:
            if node.parts:
                continue
            found, context = self._side_by_side(node, context)
            yield from found

    def _many_owners(self, nodes: Sequence[Node]) -> bool:
        """Are most of the headings side by side names of owners?"""
        heads = [node for node in nodes if node.heading and node.duties_below() and node.labelled]
        named = [node for node in heads if self._heading_owners(node)]
        return len(named) >= 2 and 2 * len(named) >= len(heads)

    def _side_by_side(self, node: Node, context: Context) -> tuple[list[Duty], Context]:
        """A clause's duties, and what it says for those that stand after it."""
        found = list(self.of_node(node, self._fitting(node, context)))
        if node.labelled or node.children:
            return found, context
        return found, self._announced(node, context) or context

    def _fitting(self, node: Node, context: Context) -> Context:
        """Owners announced in the opening own numbered clauses, not the closing prose."""
        outermost = node.clause.parent is None
        if outermost and not node.labelled:
            return replace(context, owners=(), mode="named")
        return context

    def of_node(self, node: Node, context: Context) -> Iterator[Duty]:
        """The duties of one clause and of what stands under it."""
        rule = section_rule(self.letter, node.clause.own) if self._may_head(node) else None
        if rule:
            mode = str(rule.value["duties"])
            if mode == "none":
                return
            context = replace(context, mode=mode, section=str(rule.value["kind"]))
        if not node.duties_below():
            yield from self._leaf(node, context)
        elif rule and not self._heading_owners(node):
            yield from self.duties(node.children, self._headed(node, context))
        else:
            yield from self._branch(node, context)

    def _may_head(self, node: Node) -> bool:
        return (node.heading and (node.labelled or bool(node.children))) or (
            node.heading and self._is_bold(node)
        )

    def _is_bold(self, node: Node) -> bool:
        paragraph = self.letter.paragraph_at(node.clause.span.start)
        return bool(paragraph and paragraph.bold)

    # Clauses with others under them -----------------------------------------------------------

    def _branch(self, node: Node, context: Context) -> Iterator[Duty]:
        """A clause that heads others: it names their owner, is itself a duty, or only groups."""
        claims = self._heading_owners(node) or self._owner_by_place(node, context)
        if claims:
            yield from self.duties(node.children, self._owned(node, context, claims))
            return
        own = list(self._leaf(node, context, head=True))
        below = self._headed(node, context)
        if own and own[0].owners:
            below = self._owned(node, context, self._passed_on(node, own[0]))
        below = replace(below, below_duty=bool(own))
        children = list(self.duties(node.children, below))
        if not own and not children:
            own = list(self._leaf(node, context))
        if own and not children:
            own = [self._with_list(own[0], node), *own[1:]]
        yield from own
        yield from children

    def _with_list(self, duty: Duty, node: Node) -> Duty:
        """A duty whose list below it is no list of duties: the list is part of its words."""
        lists = tuple(child.clause.own for child in node.duties_below())
        span = Span(duty.span.start, max((one.end for one in lists), default=duty.span.end))
        return replace(duty, texts=(*duty.texts, *lists), span=span)

    def _passed_on(self, node: Node, duty: Duty) -> tuple[Claim, ...]:
        return tuple(
            claim if claim.inherited_from else claim._replace(inherited_from=node.id)
            for claim in duty.owners
        )

    def _headed(self, node: Node, context: Context) -> Context:
        return replace(context, heading=self._words(node.clause.own))

    def _owned(self, node: Node, context: Context, claims: tuple[Claim, ...]) -> Context:
        layout: Layout = "owner_first" if node.labelled or node.clause.parent else "directive"
        if not node.clause.parent and not node.labelled:
            layout = "directive"
        mode = "all" if context.mode != "none" else "none"
        return replace(self._headed(node, context), owners=claims, layout=layout, mode=mode)

    def _words(self, own: Span) -> str:
        return self.letter.text[own.start : own.end].rstrip(" :./")

    def _heading_owners(self, node: Node) -> tuple[Claim, ...]:
        """The parties whom a heading names as owners of what stands below it."""
        own = node.clause.own
        prose = Prose(self.letter, own.start, own.end, self.home)
        given = read_assignment(prose, own, loose=True)
        if given and given.leads and given.prefix != "words":
            if self._is_title(node, given):
                return (Claim(_stripped(self.letter, given.leads.start, own.end), "lead", node.id,
                              False, None, "heading"),)  # fmt: skip
            if self._left(prose, given, own):
                return ()
            return (self._heading_claim(node, given.leads, given),)
        match = _HEADING_LEAD.match(self.letter.key, own.start, own.end)
        run = read_run(prose, match.end() if match else own.start, own.end)
        if run is None:
            return ()
        if not prose.party_at(run.start) and verb_led(self.letter, Span(run.start, own.end)):
            return ()
        if duty_start(prose, run.end, own.end)[0] < own.end and not self._bracket_rest(prose, run):
            return ()
        return (Claim(run, "lead", node.id, False, None, "heading"),)

    def _bracket_rest(self, prose: Prose, run: Span) -> bool:
        rest = self.letter.key[run.end : prose.end].strip(" .:;,/")
        return (rest.startswith("(") and rest.endswith(")")) or not rest

    def _owner_by_place(self, node: Node, context: Context) -> tuple[Claim, ...]:
        """A title among headings that name owners names one too, whoever it is."""
        own = _stripped(self.letter, node.clause.own.start, node.clause.own.end)
        short = own.end - own.start <= _LONGEST_TITLE
        if not (context.owners_beside and node.heading and short) or verb_led(self.letter, own):
            return ()
        return (Claim(own, "lead", node.id, False, None, "heading.beside"),)

    def _is_title(self, node: Node, given: Assignment) -> bool:
        """"Các phòng tham gia đào tạo": a short title without a mark is a party, verb and all."""
        own = node.clause.own
        title = node.heading and self.letter.key[own.start : own.end].rstrip()[-1:].isalnum()
        if not title or given.how != "subject" or given.text <= given.at:
            return False
        words = self.letter.key[given.text : own.end]
        return len(words) <= _SHORT_TITLE and not _STRONG_TITLE.match(words)

    def _left(self, prose: Prose, given: Assignment, own: Span) -> bool:
        left = remainder(prose, given.text, own.end)
        return left.end > left.start

    def _heading_claim(self, node: Node, leads: Span, given: Assignment) -> Claim:
        """A heading that names supports too is left to be read whole."""
        own = node.clause.own
        rest = self.letter.key[leads.end : own.end]
        if "phối hợp" in rest.lower():
            return Claim(Span(leads.start, own.end), None, node.id, False, None, given.rule)
        return Claim(leads, "lead", node.id, False, None, given.rule)

    def _announced(self, node: Node, context: Context) -> Context | None:
        """A paragraph that announces the list after it: whom it asks, or only that it asks."""
        own = node.clause.own
        if not node.heading:
            return None
        prose = Prose(self.letter, own.start, own.end, self.home)
        for sentence in reversed(prose.sentences()[-3:]):
            given = read_assignment(prose, sentence, loose=False)
            if given and given.leads:
                claim = Claim(given.leads, "lead", node.id, False, None, given.rule)
                return replace(context, owners=(claim,), layout="directive", mode="all")
        if _ANNOUNCES.search(self.letter.key, own.start, own.end):
            return replace(context, mode="all")
        return None

    # Clauses without others under them --------------------------------------------------------

    def _leaf(self, node: Node, context: Context, head: bool = False) -> Iterator[Duty]:
        """The duties of a paragraph."""
        if context.mode == "none" or context.genre == "none":
            return
        taken = take_apart(self.letter, node.clause.own)
        parts = (*taken.parts, *node.clauses_below())
        own = taken.texts[0] if taken.texts else node.clause.own
        prose = Prose(self.letter, own.start, own.end, self.home)
        segments = self._segments(prose, node, context)
        segments = [one for one in segments if self._is_duty(prose, one, node, context, parts, head)]
        for place, segment in enumerate(segments):
            duty = self._duty(prose, segment, node, context, parts, head)
            if duty:
                yield replace(duty, id=self._id(node, place, len(segments)))

    def _id(self, node: Node, place: int, count: int) -> str:
        if count == 1 or (place == 0 and node.labelled and not node.bullet):
            return node.id
        return f"{node.id}.{place + 1}"

    def _segments(self, prose: Prose, node: Node, context: Context) -> list[Segment]:
        """The paragraph cut where another party is given work."""
        segments: list[Segment] = []
        loose = context.mode == "all" or node.labelled
        for sentence in prose.sentences():
            given = read_assignment(prose, sentence, loose or bool(segments and segments[0].given))
            given = self._allowed(prose, given, context)
            if given and self._opens_new(prose, segments, sentence, given):
                segments.append(self._segment(prose, sentence, given))
            elif segments:
                last = segments[-1]
                segments[-1] = replace(last, span=Span(last.span.start, sentence.end))
            else:
                segments.append(Segment(sentence, sentence.start, None))
        return segments

    def _allowed(
        self, prose: Prose, given: Assignment | None, context: Context
    ) -> Assignment | None:
        """An assignment, if this kind of writing can give it and the writer is not its subject."""
        if given is None or given.how == "trigger":
            return given
        if context.genre == "told" or self._by_writer(prose, given):
            return None
        if context.genre == "rules" and context.section != "organisation":
            return given if _EXECUTES.match(self.letter.key, given.text) else None
        return given

    def _by_writer(self, prose: Prose, given: Assignment) -> bool:
        """Does the writer tell what it does itself: "UBND tỉnh xem xét, quyết định"?"""
        party = prose.party_at(given.leads.start) if given.leads else None
        agency = party.party.agency if party else None
        if agency is None or agency.key != self.issuer:
            return False
        return bool(_WRITERS_VERBS.match(self.letter.key, given.text))

    def _opens_new(
        self, prose: Prose, segments: Sequence[Segment], sentence: Span, given: Assignment
    ) -> bool:
        """Does a later sentence give work to somebody else than the sentence before it?"""
        if not segments:
            return True
        before = segments[-1]
        if given.prefix == "words":
            return False
        if before.given and before.given.leads and given.leads is None:
            return False
        after_semicolon = self.letter.key[: sentence.start].rstrip().endswith(";")
        if after_semicolon and given.how == "subject":
            if not (given.leads and prose.party_at(given.leads.start)) or given.prefix:
                return False
        return not self._same_party(before.given, given)

    def _same_party(self, before: Assignment | None, given: Assignment) -> bool:
        if before is None or before.leads is None or given.leads is None:
            return False
        return self._party_words(before.leads) == self._party_words(given.leads)

    def _party_words(self, span: Span) -> str:
        return self.letter.key[span.start : span.end].lower()

    def _segment(self, prose: Prose, sentence: Span, given: Assignment) -> Segment:
        """Where the duty's words begin: after its party, or with the verb before it."""
        own = Span(sentence.start, sentence.end)
        if given.prefix == "words" and verb_led(self.letter, own):
            return Segment(sentence, sentence.start, given)
        return Segment(sentence, given.text, given)

    # Is it a duty? ---------------------------------------------------------------------------

    def _is_duty(
        self,
        prose: Prose,
        segment: Segment,
        node: Node,
        context: Context,
        parts: Sequence[Part],
        head: bool,
    ) -> bool:
        words = Span(segment.text, segment.span.end)
        if is_courtesy(self.letter, segment.span):
            return False
        if segment.given:
            return self._left(prose, segment.given, segment.span) or not node.heading
        if head and node.heading:
            return False
        if is_statement(self.letter, words) and not context.owners:
            return False
        if of_field(parts, "owner"):
            return True
        if any(part.field == "other" for part in parts):
            return False
        if self._unasked(context) or self.letter.text[words.start : words.end].isupper():
            return False
        if context.mode != "all" or _NOUNS.match(self.letter.key, words.start, words.end):
            return False
        if verb_led(self.letter, words):
            return not context.below_duty or node.labelled
        return self._below_owner(node, context, words)

    def _unasked(self, context: Context) -> bool:
        """Does this kind of writing hold no duty that nobody is asked for by name?"""
        if context.genre in ("told", "rules"):
            return not (context.genre == "rules" and context.section == "organisation")
        return context.genre == "owned" and not context.owners

    def _below_owner(self, node: Node, context: Context, words: Span) -> bool:
        """Directly under its owner's heading a clause need not begin with a verb we know."""
        if not context.owners or context.layout != "owner_first" or context.below_duty:
            return False
        return is_circumstance(self.letter, words) or words.end - words.start > 40

    # The duty --------------------------------------------------------------------------------

    def _duty(
        self,
        prose: Prose,
        segment: Segment,
        node: Node,
        context: Context,
        parts: Sequence[Part],
        head: bool,
    ) -> Duty | None:
        text = self._text(prose, segment, node)
        if text.end <= text.start:
            return None
        funding = of_field(parts, "funding")
        return Duty(
            id=node.id,
            label=node.clause.label,
            parent=node.clause.parent,
            layout=self._layout(segment, context, parts),
            heading=context.heading,
            span=segment.span,
            texts=_paragraphs(self.letter, text),
            owners=self._owners(segment, context, parts),
            times=self._times(segment, context, parts),
            products=tuple(part.words for part in of_field(parts, "product")),
            funding=funding[0].words if funding else None,
            rule=segment.given.rule if segment.given else "inherited",
        )

    def _text(self, prose: Prose, segment: Segment, node: Node) -> Span:
        end = segment.span.end
        if node.heading and segment.given and segment.span.end == prose.end:
            left = remainder(prose, segment.text, end)
            end = left.end if left.end > left.start else end
        text = _stripped(self.letter, segment.text, end)
        if segment.given and self.letter.key.count(" ", text.start, text.end) < _FEW_WORDS:
            return _stripped(self.letter, segment.given.at, end)
        return text

    def _layout(self, segment: Segment, context: Context, parts: Sequence[Part]) -> Layout:
        if of_field(parts, "owner"):
            return "labelled"
        if segment.given and segment.given.leads:
            return "owner_first" if segment.given.colon else "directive"
        if context.owners:
            return context.layout
        return "labelled"

    def _owners(
        self, segment: Segment, context: Context, parts: Sequence[Part]
    ) -> tuple[Claim, ...]:
        told = tuple(part.claim() for part in of_field(parts, "owner"))
        given = segment.given
        claims: list[Claim] = []
        if given and given.assigner:
            claims.append(Claim(given.assigner, "assigner", None, False, None, given.rule))
        if given and given.leads:
            claims.append(Claim(given.leads, "lead", None, False, None, given.rule))
        if told or (given and given.leads):
            return (*told, *claims)
        return (*claims, *context.owners)

    def _times(
        self, segment: Segment, context: Context, parts: Sequence[Part]
    ) -> tuple[Claim, ...]:
        told = tuple(part.claim() for part in of_field(parts, "time"))
        prose = Claim(segment.span, None, None, False, None, "prose")
        return (*told, prose, *(() if told else context.times))

    # Section-wide clauses --------------------------------------------------------------------

    def _with_section_wide(self, nodes: Sequence[Node], context: Context) -> Context:
        """Owners and times that stand beside the clauses hold for all of them."""
        parts = [part for node in nodes for part in node.parts]
        if not parts or any(part.field == "other" for part in parts):
            return context
        parent = nodes[0].clause.parent
        times = tuple(part.claim(parent or "letter") for part in of_field(parts, "time"))
        owners = tuple(part.claim(parent or "letter") for part in of_field(parts, "owner"))
        return replace(
            context,
            times=times or context.times,
            owners=owners or context.owners,
            layout="labelled" if owners else context.layout,
        )


_ANNOUNCES = regex.compile(
    r"(?:nhiệm vụ|giải pháp|công việc|biện pháp|ý kiến|chỉ đạo|kết luận|yêu cầu|đề nghị|điện)"
    r"[^.;]{0,80}(?:sau|cụ thể|như sau|sau đây|dưới đây|trọng tâm)?[ ,]*:$|(?:yêu cầu|chỉ thị|kết luận"
    r"|chỉ đạo|điện|đề nghị)(?: như sau)? ?:$",
    regex.V1 | regex.I,
)


def _paragraphs(letter: Letter, text: Span) -> tuple[Span, ...]:
    """The words paragraph by paragraph, without a page number between two halves."""
    breaks = [one.start for one in letter.paragraphs_in(text.start + 1, text.end)]
    starts, ends = [text.start, *breaks], [*(at - 1 for at in breaks), text.end]
    spans = [Span(a, b) for a, b in zip(starts, ends, strict=True)]
    return tuple(one for one in spans if not letter.key[one.start : one.end].strip(" -").isdigit())


def _stripped(letter: Letter, start: int, end: int) -> Span:
    key = letter.key
    while start < end and key[start] in " ,:-":
        start += 1
    while end > start and key[end - 1] in " ;:,":
        end -= 1
    if key.startswith("./.", end - 3) or key.startswith("./", end - 2):
        end = key.rindex("./", start, end) + 1
    return Span(start, end)


__all__ = ["Labelled", "prose_duties"]
