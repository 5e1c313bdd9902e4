"""The table of verbs. What each does stands in the modules beside this one; none imports the library before it runs."""

from __future__ import annotations

import copy
import functools
from typing import Annotated, Any

import typer

from galactica.cli import (
    accounting,
    asking,
    broadcasting,
    changing,
    disagreeing,
    duplicates,
    encoders,
    engraving,
    evaluating,
    evaluating_lm,
    exporting,
    finding,
    following,
    generating,
    joining,
    keeping,
    late_sessions,
    making,
    models,
    planning,
    preserving,
    proving,
    reading,
    receiving,
    rooting,
    serving,
    signing,
    tools,
    topics,
    tracing,
    training,
    training_instruct,
    training_lm,
    training_reader,
    training_tagger,
    training_tokenizer,
    travelling,
    trusting,
    viewing,
    wrapping,
)
from galactica.cli.options import AsJson

app = typer.Typer(
    name="galactica",
    help="Build an encyclopedia from what you have; verify, read, search, question and serve it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
shelf = typer.Typer(help="The editions that every verb reads when none is named.", no_args_is_help=True)
encoder = typer.Typer(help="What makes vectors of texts, for the search by meaning.", no_args_is_help=True)
model = typer.Typer(help="A language model for the study group, by your choice only.", no_args_is_help=True)
train = typer.Typer(help="Models out of editions.", no_args_is_help=True)
keys = typer.Typer(help="Keys that sign what you publish, and who may sign it.", no_args_is_help=True)
trust = typer.Typer(help="Whom this machine trusts.", no_args_is_help=True)
evaluation = typer.Typer(help="How well is what was asked for found?", no_args_is_help=True)

MAKE = "Make and check editions"
READ = "Read and search"
OPEN = "Open to others"
SPREAD = "Publish and carry"
KEEP = "Protect and repair"
ABOUT = "About"

app.command("build", rich_help_panel=MAKE)(making.build_verb)
app.command("follow", rich_help_panel=MAKE)(following.follow_verb)
app.command("broadcast", rich_help_panel=OPEN)(broadcasting.broadcast_verb)
app.command("receive", rich_help_panel=MAKE)(receiving.receive_verb)
app.command("verify", rich_help_panel=MAKE)(proving.verify_verb)
app.command("prove", rich_help_panel=MAKE)(proving.prove_verb)
app.command("diff", rich_help_panel=MAKE)(making.diff_verb)
app.command("delta", rich_help_panel=SPREAD)(changing.delta_verb)
app.command("update", rich_help_panel=SPREAD)(changing.update_verb)
app.command("index", rich_help_panel=MAKE)(making.index)
app.command("publish", rich_help_panel=MAKE)(travelling.publish_verb)
app.command("fetch", rich_help_panel=MAKE)(travelling.fetch_verb)
app.command("join", rich_help_panel=MAKE)(joining.join_verb)
app.command("topics", rich_help_panel=MAKE)(topics.topics_verb)
app.command("why", rich_help_panel=READ)(topics.why_verb)
app.command("export", rich_help_panel=MAKE)(exporting.export_verb)
app.command("dataset", rich_help_panel=MAKE)(viewing.dataset_verb)
app.add_typer(train, name="train", rich_help_panel=MAKE)
train.command("encoder")(training.encoder)
train.command("ranker")(training.ranker)
train.command("reader")(training_reader.reader)
train.command("tagger")(training_tagger.tagger)
train.command("lm")(training_lm.lm)
train.command("instruct")(training_instruct.instruct)
train.command("tokenizer")(training_tokenizer.tokenizer)
app.add_typer(encoder, name="encoder", rich_help_panel=MAKE)
encoder.command("use")(encoders.use)
encoder.command("list")(encoders.list_)
app.add_typer(model, name="model", rich_help_panel=MAKE)
model.command("use")(models.use)
model.command("none")(models.none)
model.command("show")(models.show)
model.command("try")(models.try_)
app.add_typer(evaluation, name="eval", rich_help_panel=MAKE)
evaluation.command("search")(evaluating.evaluate_verb)
evaluation.command("lm")(evaluating_lm.evaluate_lm_verb)
app.command("info", rich_help_panel=READ)(reading.info_verb)
app.command("report", rich_help_panel=READ)(accounting.report_verb)
app.command("duplicates", rich_help_panel=READ)(duplicates.duplicates_verb)
app.command("ls", rich_help_panel=READ)(reading.ls)
app.command("read", rich_help_panel=READ)(reading.read_verb)
app.command("generate", rich_help_panel=READ)(generating.generate_verb)
app.command("ask", rich_help_panel=READ)(asking.ask_verb)
app.command("disagreements", rich_help_panel=READ)(disagreeing.disagreements_verb)
app.command("search", rich_help_panel=READ)(finding.search_verb)
app.command("suggest", rich_help_panel=READ)(finding.suggest_verb)
app.command("claims", rich_help_panel=READ)(joining.claims_verb)
app.command("trace", rich_help_panel=READ)(tracing.trace_verb)
app.command("sql", rich_help_panel=READ)(finding.sql_verb)
app.add_typer(shelf, name="shelf", rich_help_panel=READ)
shelf.command("add")(keeping.add_to_shelf)
shelf.command("rm")(keeping.rm)
shelf.command("ls")(keeping.ls)
app.command("serve", rich_help_panel=OPEN)(serving.serve_verb)
app.command("mcp", rich_help_panel=OPEN)(tools.mcp)
app.command("demo", rich_help_panel=OPEN)(serving.demo)
app.add_typer(keys, name="keys", rich_help_panel=SPREAD)
keys.command("new")(signing.new)
keys.command("list")(signing.list_)
keys.command("export")(signing.export_key)
keys.command("root")(rooting.root)
keys.command("rotate")(rooting.rotate)
keys.command("sign")(signing.sign_verb)
keys.command("show")(rooting.show)
app.add_typer(trust, name="trust", rich_help_panel=SPREAD)
trust.command("add")(trusting.trust_add)
trust.command("list")(trusting.list_)
trust.command("remove")(trusting.remove)
app.command("plan", rich_help_panel=SPREAD)(planning.plan_verb)
app.command("protect", rich_help_panel=KEEP)(preserving.protect_verb)
app.command("scrub", rich_help_panel=KEEP)(preserving.scrub_verb)
app.command("repair", rich_help_panel=KEEP)(preserving.repair_verb)
app.command("engrave", rich_help_panel=KEEP)(engraving.engrave_verb)
app.command("recover", rich_help_panel=KEEP)(preserving.recover_verb)
app.command("request", rich_help_panel=SPREAD)(late_sessions.request_verb)
app.command("respond", rich_help_panel=SPREAD)(late_sessions.respond_verb)
app.command("wrap", rich_help_panel=SPREAD)(wrapping.wrap_verb)
app.command("unwrap", rich_help_panel=SPREAD)(wrapping.unwrap_verb)
app.command("version", rich_help_panel=ABOUT)(keeping.version)


def _version(asked: bool) -> None:
    if asked:
        keeping.version(as_json=False)


@app.callback()
def program(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version and leave.")
    ] = False,
) -> None:
    """Build an encyclopedia from what you have; verify, read, search, question and serve it."""


@functools.cache
def program_command(verb: str = "") -> Any:  # noqa: ANN401 - of typer's own copy of click, or of click itself
    """The program as one command, made of `app` once: with nothing but one verb, because making all of them takes
    longer than most verbs do, or where there is none of that name (a wish for help, a mistyped verb) with all."""
    one = copy.copy(app)
    one.registered_commands = [each for each in app.registered_commands if each.name == verb]
    one.registered_groups = [each for each in app.registered_groups if each.name == verb]
    return typer.main.get_command(one if one.registered_commands or one.registered_groups else app)


__all__ = ["AsJson", "app"]
