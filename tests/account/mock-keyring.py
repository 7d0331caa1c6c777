#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Secret Service that holds passwords in memory and makes the troubles of real ones:

    mock-keyring.py MODE [PASSWORD NAME=VALUE...]

With a PASSWORD it holds one from the beginning, under these attributes. Prints "ready" when it owns
its name on the session bus, and "waiting" when somebody waits for it in vain. MODE is one of

    open       works
    locked     asks its user to unlock it, who does
    dismissed  asks its user to unlock it, who declines
    hang       asks its user to unlock it, who is not there
    broken     answers every search and every store with an error
    silent     takes every call and answers none
"""

import sys

from gi.repository import Gio, GLib

INTERFACES = """
<node>
  <interface name='org.freedesktop.Secret.Service'>
    <method name='OpenSession'>
      <arg type='s' direction='in'/><arg type='v' direction='in'/>
      <arg type='v' direction='out'/><arg type='o' direction='out'/>
    </method>
    <method name='SearchItems'>
      <arg type='a{ss}' direction='in'/>
      <arg type='ao' direction='out'/><arg type='ao' direction='out'/>
    </method>
    <method name='Unlock'>
      <arg type='ao' direction='in'/>
      <arg type='ao' direction='out'/><arg type='o' direction='out'/>
    </method>
    <method name='GetSecrets'>
      <arg type='ao' direction='in'/><arg type='o' direction='in'/>
      <arg type='a{o(oayays)}' direction='out'/>
    </method>
    <method name='ReadAlias'>
      <arg type='s' direction='in'/><arg type='o' direction='out'/>
    </method>
    <property name='Collections' type='ao' access='read'/>
  </interface>
  <interface name='org.freedesktop.Secret.Collection'>
    <method name='CreateItem'>
      <arg type='a{sv}' direction='in'/><arg type='(oayays)' direction='in'/>
      <arg type='b' direction='in'/>
      <arg type='o' direction='out'/><arg type='o' direction='out'/>
    </method>
    <property name='Items' type='ao' access='read'/>
    <property name='Label' type='s' access='read'/>
    <property name='Locked' type='b' access='read'/>
    <property name='Created' type='t' access='read'/>
    <property name='Modified' type='t' access='read'/>
  </interface>
  <interface name='org.freedesktop.Secret.Item'>
    <method name='Delete'><arg type='o' direction='out'/></method>
    <property name='Locked' type='b' access='read'/>
    <property name='Attributes' type='a{ss}' access='read'/>
    <property name='Label' type='s' access='read'/>
    <property name='Created' type='t' access='read'/>
    <property name='Modified' type='t' access='read'/>
  </interface>
  <interface name='org.freedesktop.Secret.Prompt'>
    <method name='Prompt'><arg type='s' direction='in'/></method>
    <method name='Dismiss'/>
    <signal name='Completed'><arg type='b'/><arg type='v'/></signal>
  </interface>
  <interface name='org.freedesktop.Secret.Session'>
    <method name='Close'/>
  </interface>
</node>
"""

PREFIX = "org.freedesktop.Secret."
SERVICE = "/org/freedesktop/secrets"
COLLECTION = SERVICE + "/collection/login"
DEFAULT = SERVICE + "/aliases/default"
SESSION = SERVICE + "/session/only"
PROMPT = SERVICE + "/prompt/only"
NOTHING = "/"


class Refusal(Exception):
    """An error reply: its D-Bus name and its text."""


class Item:
    def __init__(self, attributes, secret, label=""):
        self.attributes = attributes
        self.secret = secret
        self.label = label


class Keyring:
    def __init__(self, bus, mode):
        self.bus = bus
        self.mode = mode
        self.is_locked = mode in ("locked", "dismissed", "hang")
        self.items = {}
        self.n_made = 0
        self.unlocking = []
        self.registrations = {}
        nodes = Gio.DBusNodeInfo.new_for_xml(INTERFACES)
        self.interfaces = {i.name[len(PREFIX):]: i for i in nodes.interfaces}
        for path, name in ((SERVICE, "Service"), (COLLECTION, "Collection"),
                           (DEFAULT, "Collection"), (SESSION, "Session"), (PROMPT, "Prompt")):
            self.export(path, name)

    def export(self, path, name):
        self.registrations[path] = self.bus.register_object(
            path, self.interfaces[name], self.on_call, self.on_get, None)

    def add(self, item):
        self.n_made += 1
        path = f"{COLLECTION}/{self.n_made}"
        self.items[path] = item
        self.export(path, "Item")
        return path

    def find(self, attributes):
        return [path for path, item in self.items.items()
                if attributes.items() <= item.attributes.items()]

    def on_get(self, bus, sender, path, interface, name):
        item = self.items.get(path)
        values = {
            "Collections": lambda: GLib.Variant("ao", [COLLECTION]),
            "Items": lambda: GLib.Variant("ao", list(self.items)),
            "Locked": lambda: GLib.Variant("b", self.is_locked),
            "Label": lambda: GLib.Variant("s", item.label if item else "Login"),
            "Attributes": lambda: GLib.Variant("a{ss}", item.attributes),
            "Created": lambda: GLib.Variant("t", 1),
            "Modified": lambda: GLib.Variant("t", 1),
        }
        return values[name]()

    def on_call(self, bus, sender, path, interface, method, arguments, invocation):
        if self.mode == "silent":
            print("waiting", flush=True)
            return
        try:
            reply = getattr(self, method)(path, *arguments.unpack())
        except Refusal as refusal:
            invocation.return_dbus_error(*refusal.args)
        else:
            invocation.return_value(reply)

    def OpenSession(self, path, algorithm, data):
        if algorithm != "plain":
            raise Refusal("org.freedesktop.DBus.Error.NotSupported", "only plain sessions")
        return GLib.Variant("(vo)", (GLib.Variant("s", ""), SESSION))

    def SearchItems(self, path, attributes):
        if self.mode == "broken":
            raise Refusal("org.freedesktop.DBus.Error.Failed", "the disk is on fire")
        found = self.find(attributes)
        return GLib.Variant("(aoao)", ([], found) if self.is_locked else (found, []))

    def Unlock(self, path, objects):
        if not self.is_locked:
            return GLib.Variant("(aoo)", (objects, NOTHING))
        self.unlocking = objects
        return GLib.Variant("(aoo)", ([], PROMPT))

    def GetSecrets(self, path, paths, session):
        return GLib.Variant("(a{o(oayays)})", ({
            item: (session, b"", self.items[item].secret, "text/plain")
            for item in paths if item in self.items and not self.is_locked},))

    def ReadAlias(self, path, name):
        return GLib.Variant("(o)", (COLLECTION if name == "default" else NOTHING,))

    def CreateItem(self, path, properties, secret, replace):
        if self.mode == "broken":
            raise Refusal("org.freedesktop.DBus.Error.Failed", "the disk is on fire")
        self.check_is_open()
        attributes = properties[PREFIX + "Item.Attributes"]
        made = Item(attributes, bytes(secret[2]), properties[PREFIX + "Item.Label"])
        for old in [path for path, item in self.items.items() if item.attributes == attributes]:
            self.items[old] = made
            return GLib.Variant("(oo)", (old, NOTHING))
        return GLib.Variant("(oo)", (self.add(made), NOTHING))

    def Delete(self, path):
        self.check_is_open()
        del self.items[path]
        self.bus.unregister_object(self.registrations.pop(path))
        return GLib.Variant("(o)", (NOTHING,))

    def Prompt(self, path, window):
        if self.mode == "hang":
            print("waiting", flush=True)
        else:
            self.complete(is_dismissed=self.mode == "dismissed")
        return None

    def Dismiss(self, path):
        self.complete(is_dismissed=True)
        return None

    def Close(self, path):
        return None

    def check_is_open(self):
        if self.is_locked:
            raise Refusal("org.freedesktop.Secret.Error.IsLocked", "it is locked")

    def complete(self, is_dismissed):
        self.is_locked = is_dismissed
        unlocked = GLib.Variant("ao", [] if is_dismissed else self.unlocking)
        self.bus.emit_signal(None, PROMPT, PREFIX + "Prompt", "Completed",
                             GLib.Variant("(bv)", (is_dismissed, unlocked)))


def main():
    mode, *stored = sys.argv[1:]
    loop = GLib.MainLoop()
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    keyring = Keyring(bus, mode)
    if stored:
        keyring.add(Item(dict(pair.split("=", 1) for pair in stored[1:]), stored[0].encode()))
    Gio.bus_own_name_on_connection(bus, "org.freedesktop.secrets", Gio.BusNameOwnerFlags.NONE,
                                   lambda *_: print("ready", flush=True), lambda *_: loop.quit())
    loop.run()


main()
