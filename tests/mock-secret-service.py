#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Plugboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Secret Service that misbehaves: mock-secret-service.py MODE. Says "ready" when it has its name on the session bus.

good          works, with sessions of the algorithm "plain" only
dismiss       asks for each new item; the user dismisses the question
wrong-type    asks; the answer has a type that no client expects
never         takes a new item and never answers
slow          answers everything after 60 ms
too-slow      answers a new item after 5 s
vanish        ends when it gets a new item
lies          says that an item is stored, and does not keep it
changes       keeps another content than it was given
locked        its collection is locked
no-alias      has no default collection
"""
import os
import sys

from gi.repository import Gio, GLib

MODE = sys.argv[1]
ROOT = "/org/freedesktop/secrets"
COLLECTION = ROOT + "/collection/login"
PROMPT = ROOT + "/prompt/1"
SESSION = ROOT + "/session/1"

XML = """
<node>
  <interface name="org.freedesktop.Secret.Service">
    <method name="OpenSession"><arg type="s" direction="in"/><arg type="v" direction="in"/><arg type="v" direction="out"/><arg type="o" direction="out"/></method>
    <method name="SearchItems"><arg type="a{ss}" direction="in"/><arg type="ao" direction="out"/><arg type="ao" direction="out"/></method>
    <method name="Unlock"><arg type="ao" direction="in"/><arg type="ao" direction="out"/><arg type="o" direction="out"/></method>
    <method name="GetSecrets"><arg type="ao" direction="in"/><arg type="o" direction="in"/><arg type="a{o(oayays)}" direction="out"/></method>
    <method name="ReadAlias"><arg type="s" direction="in"/><arg type="o" direction="out"/></method>
    <property name="Collections" type="ao" access="read"/>
  </interface>
  <interface name="org.freedesktop.Secret.Collection">
    <method name="CreateItem"><arg type="a{sv}" direction="in"/><arg type="(oayays)" direction="in"/><arg type="b" direction="in"/><arg type="o" direction="out"/><arg type="o" direction="out"/></method>
    <method name="SearchItems"><arg type="a{ss}" direction="in"/><arg type="ao" direction="out"/></method>
    <property name="Items" type="ao" access="read"/>
    <property name="Label" type="s" access="read"/>
    <property name="Locked" type="b" access="read"/>
    <property name="Created" type="t" access="read"/>
    <property name="Modified" type="t" access="read"/>
  </interface>
  <interface name="org.freedesktop.Secret.Item">
    <method name="Delete"><arg type="o" direction="out"/></method>
    <method name="GetSecret"><arg type="o" direction="in"/><arg type="(oayays)" direction="out"/></method>
    <property name="Locked" type="b" access="read"/>
    <property name="Attributes" type="a{ss}" access="read"/>
    <property name="Label" type="s" access="read"/>
    <property name="Created" type="t" access="read"/>
    <property name="Modified" type="t" access="read"/>
  </interface>
  <interface name="org.freedesktop.Secret.Prompt">
    <method name="Prompt"><arg type="s" direction="in"/></method>
    <method name="Dismiss"/>
    <signal name="Completed"><arg type="b"/><arg type="v"/></signal>
  </interface>
  <interface name="org.freedesktop.Secret.Session"><method name="Close"/></interface>
</node>
"""
INTERFACES = {interface.name.rsplit(".", 1)[1]: interface for interface in Gio.DBusNodeInfo.new_for_xml(XML).interfaces}

items = {}  # path → (attributes, label, content, content type)
unanswered = []
bus = Gio.bus_get_sync(Gio.BusType.SESSION)
loop = GLib.MainLoop()


def answer(invocation, signature, *values):
    """Answers, in the mode's own time."""
    def reply():
        invocation.return_value(GLib.Variant(signature, values) if signature else None)
        return False
    if MODE == "slow":
        GLib.timeout_add(60, reply)
    else:
        reply()


def search(attributes):
    """Items that have them all; a locked collection shows none, as gnome-keyring's after a restart."""
    if MODE == "locked":
        return []
    return [path for path, item in items.items() if all(item[0].get(name) == value for name, value in attributes.items())]


def secret(path):
    """The content of an item as the bus carries it."""
    _, _, content, content_type = items[path]
    return (SESSION, b"", content, content_type)


def call_service(method, parameters, invocation):
    """org.freedesktop.Secret.Service."""
    if method == "OpenSession":
        if parameters[0] != "plain":
            invocation.return_dbus_error("org.freedesktop.DBus.Error.NotSupported", "only plain")
        else:
            answer(invocation, "(vo)", GLib.Variant("s", ""), SESSION)
    elif method == "SearchItems":
        answer(invocation, "(aoao)", search(parameters[0]), [])
    elif method == "Unlock":
        answer(invocation, "(aoo)", [] if MODE == "locked" else parameters[0], PROMPT if MODE == "locked" else "/")
    elif method == "GetSecrets":
        answer(invocation, "(a{o(oayays)})", {path: secret(path) for path in parameters[0] if path in items})
    elif method == "ReadAlias":
        answer(invocation, "(o)", "/" if MODE == "no-alias" else COLLECTION)


def create_item(parameters, invocation):
    """The one call that the modes differ in."""
    properties, (_, _, content, content_type), _ = parameters
    if MODE == "vanish":
        os._exit(0)
    if MODE == "never":
        unanswered.append(invocation)
        return
    if MODE in ("dismiss", "wrong-type"):
        answer(invocation, "(oo)", "/", PROMPT)
        return
    path = f"{COLLECTION}/{len(items) + 1}"
    if MODE != "lies":
        content = b"{}" if MODE == "changes" else bytes(content)
        items[path] = (properties["org.freedesktop.Secret.Item.Attributes"], properties["org.freedesktop.Secret.Item.Label"],
                       content, content_type)
        register(path, "Item")
    if MODE == "too-slow":
        GLib.timeout_add(5000, lambda: invocation.return_value(GLib.Variant("(oo)", (path, "/"))))
        return
    answer(invocation, "(oo)", path, "/")


def call_prompt(method):
    """The user's answer to a question."""
    if method != "Prompt":
        return
    nothing = {"wrong-type": GLib.Variant("i", 17), "locked": GLib.Variant("ao", [])}.get(MODE, GLib.Variant("o", "/"))
    result = GLib.Variant("(bv)", (MODE != "wrong-type", nothing))
    GLib.idle_add(lambda: bus.emit_signal(None, PROMPT, "org.freedesktop.Secret.Prompt", "Completed", result) and False)


def method_called(_bus, _sender, path, interface, method, parameters, invocation):
    """Every call."""
    kind = interface.rsplit(".", 1)[1]
    parameters = parameters.unpack()
    if kind == "Service":
        call_service(method, parameters, invocation)
    elif kind == "Collection" and method == "CreateItem":
        create_item(parameters, invocation)
    elif kind == "Collection":
        answer(invocation, "(ao)", search(parameters[0]))
    elif kind == "Item" and method == "Delete":
        items.pop(path, None)
        answer(invocation, "(o)", "/")
    elif kind == "Item":
        answer(invocation, "((oayays))", secret(path))
    else:
        if kind == "Prompt":
            call_prompt(method)
        answer(invocation, None)


def get_property(_bus, _sender, path, _interface, name):
    """Every property."""
    if name == "Locked":
        return GLib.Variant("b", MODE == "locked")
    if name == "Collections":
        return GLib.Variant("ao", [] if MODE == "no-alias" else [COLLECTION])
    if name == "Items":
        return GLib.Variant("ao", list(items))
    if name == "Attributes":
        return GLib.Variant("a{ss}", items[path][0])
    if name in ("Created", "Modified"):
        return GLib.Variant("t", 1)
    return GLib.Variant("s", items[path][1] if path in items else "Login")


def register(path, kind):
    """An object of the service."""
    bus.register_object(path, INTERFACES[kind], method_called, get_property, None)


register(ROOT, "Service")
register(COLLECTION, "Collection")
register(ROOT + "/aliases/default", "Collection")
register(PROMPT, "Prompt")
register(SESSION, "Session")
Gio.bus_own_name_on_connection(bus, "org.freedesktop.secrets", Gio.BusNameOwnerFlags.NONE,
                               lambda *_: print("ready", flush=True), None)
loop.run()
