"""Puts small faults into the text of a module, one at a time. A test ought to notice each.

Faults: comparisons reversed or moved to their border; `and`/`or` swapped; `not` removed; conditions reversed;
arithmetic changed; min/max, any/all, floor/ceil, bisect_left/right and rounding swapped; whole numbers and Decimals one
unit (of the last place) up or down; True/False/None changed; words that are codes or keys changed; results replaced by
None or 0; optional keyword arguments dropped; statements removed, if the names they set exist without them.
Untouched, because they decide no number: docstrings, annotations, error messages (and the names in them), sentences for
the lifter, options of dataclasses and of `zip`.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    line: int
    before: str
    after: str
    source: bytes

    @property
    def change(self) -> str:
        before, after = (" ".join(text.split()) for text in (self.before, self.after))
        return f"{before[:70]}  ->  {after[:70] or 'nothing'}"


COMPARISONS = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
ARITHMETIC = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
}
PAIRS = (
    ("min", "max"),
    ("any", "all"),
    ("floor", "ceil"),
    ("bisect_left", "bisect_right"),
    ("ROUND_DOWN", "ROUND_HALF_UP"),
)
TWINS = {**dict(PAIRS), **{right: left for left, right in PAIRS}}
OPTIONS = {"frozen", "slots", "kw_only", "hash", "strict"}
SPEAKING = {"refuse", "EngineError"}  # all their arguments are a message; of `check_...` only the first is


def mutants_of(source: str, *, optional: frozenset[tuple[str, str]] = frozenset()) -> list[Mutant]:
    """Returns every mutant of a module once, in the order of its lines."""
    text, tree = source.encode(), ast.parse(source)
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    made = {}
    for node, after in _faults(tree, optional=optional):
        begin = starts[node.lineno - 1] + node.col_offset
        end = starts[node.end_lineno - 1] + node.end_col_offset
        mutated = text[:begin] + after.encode() + text[end:]
        before = text[begin:end].decode()
        made.setdefault(mutated, Mutant(line=node.lineno, before=before, after=after, source=mutated))
    return sorted(made.values(), key=lambda each: each.line)


def optional_parameters(sources: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Returns (function or class, parameter) for each parameter that a call may leave out."""
    found = {(name, key) for name in ("min", "max", "sorted") for key in ("key", "default")}
    for source in sources:
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef):
                found |= {(node.name, each.arg) for each in _defaulted(node.args)}
            if isinstance(node, ast.ClassDef):
                fields = (each for each in node.body if isinstance(each, ast.AnnAssign) and each.value)
                found |= {(node.name, each.target.id) for each in fields}
    return frozenset(found)


def _defaulted(arguments: ast.arguments) -> list[ast.arg]:
    positional = arguments.args[len(arguments.args) - len(arguments.defaults) :]
    named = [each for each, value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if value]
    return positional + named


def _faults(tree: ast.Module, *, optional: frozenset[tuple[str, str]]) -> Iterator[tuple[ast.AST, str]]:
    """Yields each node with the text that replaces it."""
    untouched = set(_untouched(tree))
    for node in _walk(tree, without=untouched):
        match node:
            case ast.Compare():
                yield from _comparisons(node)
            case ast.BoolOp():
                other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
                yield node, _written(ast.BoolOp(other, node.values))
            case ast.BinOp() if type(node.op) in ARITHMETIC:
                yield node, _written(ast.BinOp(node.left, ARITHMETIC[type(node.op)](), node.right))
            case ast.UnaryOp(op=ast.Not() | ast.USub()):
                yield node, _written(node.operand)
            case ast.Name(id=name, ctx=ast.Load()) if name in TWINS:
                yield node, TWINS[name]
            case ast.Attribute(value=ast.Name(id="math"), attr=name) if name in TWINS:
                yield node, f"math.{TWINS[name]}"
            case ast.Constant():
                yield from ((node, repr(value)) for value in _other_values(node.value))
            case ast.Call():
                yield from _dropped(node, optional=optional)
            case ast.Return() if node.value:
                constant = getattr(node.value, "value", node)
                if type(constant) is not bool:  # True and False are changed as constants already
                    yield node, "return 0" if constant is None else "return None"
        match node:
            case ast.If() | ast.IfExp() | ast.While():
                yield from _turned(node.test)
            case ast.comprehension():
                yield from (fault for each in node.ifs for fault in _turned(each))
            case ast.FunctionDef():
                yield from ((each, "pass") for each in _removable(node))


def _walk(node: ast.AST, *, without: set[ast.AST]) -> Iterator[ast.AST]:
    if node in without:
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _walk(child, without=without)


def _untouched(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant()):
                yield node
            case ast.Import() | ast.ImportFrom():
                yield node
            case ast.arg() | ast.AnnAssign() if node.annotation:
                yield node.annotation
            case ast.FunctionDef() if node.returns:
                yield node.returns
            case ast.JoinedStr():
                yield from (each for each in node.values if isinstance(each, ast.Constant))
                yield from (each.format_spec for each in node.values if getattr(each, "format_spec", None))
            case ast.Compare(ops=[ast.Is() | ast.IsNot()]):
                yield from node.comparators
            case ast.Subscript(value=ast.Name(id="Callable" | "tuple" | "dict" | "Mapping" | "Sequence")):
                yield node
            case ast.Call():
                yield from _message(node)
                yield from (each.value for each in node.keywords if each.arg in OPTIONS)


def _message(call: ast.Call) -> Iterator[ast.AST]:
    name = _name(call.func)
    if name in SPEAKING:
        yield from call.args
        yield from (each.value for each in call.keywords)
    elif name.startswith("check_"):
        yield from call.args[:1]
        yield from (each.value for each in call.keywords if each.arg == "name")


def _name(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def _comparisons(node: ast.Compare) -> Iterator[tuple[ast.AST, str]]:
    for place, operator in enumerate(node.ops):
        for other in COMPARISONS[type(operator)]:
            operators = [*node.ops[:place], other(), *node.ops[place + 1 :]]
            yield node, _written(ast.Compare(node.left, operators, node.comparators))


def _turned(test: ast.expr) -> Iterator[tuple[ast.AST, str]]:
    if not isinstance(test, ast.Compare | ast.BoolOp | ast.UnaryOp):  # these have other faults
        yield test, _written(ast.UnaryOp(ast.Not(), test))


def _other_values(value: object) -> list[object]:
    if value is None:
        return [0]
    if type(value) is bool:
        return [not value]
    if type(value) is int:
        return [value + 1, value - 1]
    if type(value) is not str or any(space in value for space in " \n"):
        return []  # a sentence, or a part of one
    try:
        number = Decimal(value)
    except InvalidOperation:
        return ["XX" + value] if value.isidentifier() or not value else []
    unit = Decimal(1).scaleb(number.as_tuple().exponent)
    return [f"{number + unit:f}", f"{number - unit:f}"]


def _dropped(call: ast.Call, *, optional: frozenset[tuple[str, str]]) -> Iterator[tuple[ast.AST, str]]:
    for dropped in call.keywords:
        if (_name(call.func), dropped.arg) in optional:
            yield call, ast.unparse(ast.Call(call.func, call.args, [each for each in call.keywords if each != dropped]))


def _removable(function: ast.FunctionDef) -> Iterator[ast.stmt]:
    known = {each.arg for each in ast.walk(function.args) if isinstance(each, ast.arg)}
    for node in ast.walk(function):
        match node:
            case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Break() | ast.Continue() | ast.Raise():
                yield node
            case ast.Assign(targets=[ast.Subscript() | ast.Attribute()]):
                yield node
            case ast.Assign(targets=[ast.Name(id=name)]):
                if name in known:  # removing the first assignment leaves the name undefined, which any test notices
                    yield node
                known.add(name)


def _written(node: ast.expr) -> str:
    text = ast.unparse(ast.fix_missing_locations(node))
    return text if isinstance(node, ast.Name | ast.Constant | ast.Call | ast.Attribute) else f"({text})"
