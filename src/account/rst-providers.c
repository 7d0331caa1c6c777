/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-providers"

#include "config.h"

#include "rst-providers.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* As the providers' own help pages say it. All of them take TLS on port 995. */
#define TLS 995, RST_POP3_SECURITY_TLS
#define ADDRESS RST_PROVIDER_USER_ADDRESS
#define LOCAL_PART RST_PROVIDER_USER_LOCAL_PART
#define NONE RST_PROVIDER_HINT_NONE
#define SWITCH_ON RST_PROVIDER_HINT_SWITCH_ON
#define APP_PASSWORD RST_PROVIDER_HINT_APP_PASSWORD
#define CODE RST_PROVIDER_HINT_CODE
#define MAIL_PASSWORD RST_PROVIDER_HINT_MAIL_PASSWORD
#define TOKEN RST_PROVIDER_HINT_TOKEN
#define RECENT RST_PROVIDER_HINT_RECENT
#define PAID RST_PROVIDER_HINT_PAID
#define NO_POP RST_PROVIDER_HINT_NO_POP

static const RstProvider providers[] = {
  { "Gmail", "gmail.com googlemail.com", "pop.gmail.com", TLS, ADDRESS,
    SWITCH_ON | APP_PASSWORD | RECENT },
  { "Outlook.com",
    "outlook.com outlook.at outlook.be outlook.cl outlook.co.id outlook.co.il outlook.co.th "
    "outlook.com.ar outlook.com.au outlook.com.br outlook.com.gr outlook.com.tr outlook.com.vn "
    "outlook.cz outlook.de outlook.dk outlook.es outlook.fr outlook.hu outlook.ie outlook.in "
    "outlook.it outlook.jp outlook.kr outlook.lv outlook.my outlook.ph outlook.pt outlook.sa "
    "outlook.sg outlook.sk hotmail.com hotmail.be hotmail.ca hotmail.ch hotmail.co.jp "
    "hotmail.co.kr hotmail.co.uk hotmail.com.ar hotmail.com.au hotmail.com.br hotmail.com.tr "
    "hotmail.de hotmail.dk hotmail.es hotmail.fr hotmail.it hotmail.nl hotmail.no hotmail.se "
    "live.com live.at live.be live.ca live.cl live.cn live.co.uk live.com.ar live.com.au "
    "live.com.mx live.com.pt live.de live.dk live.fr live.ie live.in live.it live.jp live.nl "
    "live.no live.ru live.se msn.com passport.com windowslive.com",
    "outlook.office365.com", TLS, ADDRESS, TOKEN | SWITCH_ON },
  { "Microsoft 365", "onmicrosoft.com", "outlook.office365.com", TLS, ADDRESS, TOKEN },
  { "Yahoo",
    "yahoo.com yahoo.at yahoo.be yahoo.ca yahoo.co.id yahoo.co.in yahoo.co.nz yahoo.co.th "
    "yahoo.co.uk yahoo.co.za yahoo.com.ar yahoo.com.au yahoo.com.br yahoo.com.co yahoo.com.hk "
    "yahoo.com.mx yahoo.com.my yahoo.com.pe yahoo.com.ph yahoo.com.sg yahoo.com.tr yahoo.com.tw "
    "yahoo.com.ve yahoo.com.vn yahoo.cz yahoo.de yahoo.dk yahoo.es yahoo.fi yahoo.fr yahoo.gr "
    "yahoo.hu yahoo.ie yahoo.in yahoo.it yahoo.nl yahoo.no yahoo.pl yahoo.pt yahoo.ro yahoo.se "
    "myyahoo.com rocketmail.com ymail.com",
    "pop.mail.yahoo.com", TLS, ADDRESS, APP_PASSWORD },
  { "AOL", "aol.com aim.com aol.co.uk aol.de aol.fr love.com ygm.com games.com wow.com",
    "pop.aol.com", TLS, ADDRESS, APP_PASSWORD },
  { "Verizon", "verizon.net", "pop.verizon.net", TLS, ADDRESS, APP_PASSWORD },
  { "AT&T",
    "att.net ameritech.net bellsouth.net flash.net nvbell.net pacbell.net prodigy.net "
    "sbcglobal.net snet.net swbell.net wans.net",
    "inbound.att.net", TLS, ADDRESS, APP_PASSWORD },
  { "Comcast Xfinity", "comcast.net", "pop.comcast.net", TLS, ADDRESS, SWITCH_ON },
  { "GMX", "gmx.de gmx.net gmx.at gmx.ch gmx.eu gmx.li gmx.org", "pop.gmx.net", TLS, ADDRESS,
    SWITCH_ON },
  { "GMX", "gmx.com gmx.us gmx.co.uk gmx.es gmx.fr gmx.it", "pop.gmx.com", TLS, ADDRESS,
    SWITCH_ON },
  { "mail.com", "mail.com email.com usa.com", "pop.mail.com", TLS, ADDRESS, SWITCH_ON | PAID },
  { "WEB.DE", "web.de email.de", "pop3.web.de", TLS, ADDRESS, SWITCH_ON },
  { "Telekom", "t-online.de magenta.de", "securepop.t-online.de", TLS, ADDRESS, MAIL_PASSWORD },
  { "freenet", "freenet.de", "mx.freenet.de", TLS, ADDRESS, SWITCH_ON },
  { "Posteo",
    "posteo.de posteo.at posteo.be posteo.ch posteo.eu posteo.jp posteo.me posteo.net posteo.org "
    "posteo.us",
    "posteo.de", TLS, ADDRESS, NONE },
  { "mailbox.org", "mailbox.org", "pop3.mailbox.org", TLS, ADDRESS, NONE },
  { "Mail.ru", "mail.ru bk.ru inbox.ru internet.ru list.ru xmail.ru mail.ua", "pop.mail.ru", TLS,
    ADDRESS, APP_PASSWORD },
  { "Yandex", "yandex.ru ya.ru narod.ru yandex.by yandex.kz yandex.ua", "pop.yandex.ru", TLS,
    ADDRESS, SWITCH_ON | APP_PASSWORD },
  { "Yandex", "yandex.com yandex.com.tr", "pop.yandex.com", TLS, ADDRESS,
    SWITCH_ON | APP_PASSWORD },
  { "Rambler", "rambler.ru autorambler.ru lenta.ru myrambler.ru rambler.ua ro.ru",
    "pop.rambler.ru", TLS, ADDRESS, SWITCH_ON },
  { "UKR.NET", "ukr.net", "pop3.ukr.net", TLS, ADDRESS, SWITCH_ON | APP_PASSWORD },
  { "Zoho", "zoho.com zohomail.com", "pop.zoho.com", TLS, ADDRESS, SWITCH_ON },
  { "Zoho", "zoho.eu zohomail.eu", "pop.zoho.eu", TLS, ADDRESS, SWITCH_ON },
  { "Zoho", "zoho.in zohomail.in", "pop.zoho.in", TLS, ADDRESS, SWITCH_ON },
  { "Fastmail", "fastmail.com fastmail.fm fastmail.net fastmail.org fastmail.us mailbolt.com "
                "sent.com messagingengine.com",
    "pop.fastmail.com", TLS, ADDRESS, APP_PASSWORD | PAID },
  { "iCloud Mail", "icloud.com mac.com me.com", NULL, 0, RST_POP3_SECURITY_TLS, ADDRESS, NO_POP },
  { "Proton Mail", "proton.me pm.me protonmail.ch protonmail.com", NULL, 0, RST_POP3_SECURITY_TLS,
    ADDRESS, NO_POP },
  { "Tuta", "tuta.com keemail.me tuta.io tutamail.com tutanota.com tutanota.de", NULL, 0,
    RST_POP3_SECURITY_TLS, ADDRESS, NO_POP },
  { "Orange", "orange.fr wanadoo.fr", "pop.orange.fr", TLS, ADDRESS, NONE },
  { "Free", "free.fr", "pop.free.fr", TLS, LOCAL_PART, NONE },
  { "SFR", "sfr.fr neuf.fr club-internet.fr", "pop.sfr.fr", TLS, ADDRESS, NONE },
  { "La Poste", "laposte.net", "pop.laposte.net", TLS, ADDRESS, NONE },
  { "Libero", "libero.it blu.it giallo.it inwind.it iol.it", "popmail.libero.it", TLS, ADDRESS,
    NONE },
  { "Seznam", "seznam.cz email.cz post.cz spoluzaci.cz", "pop3.seznam.cz", TLS, ADDRESS,
    SWITCH_ON },
  { "Wirtualna Polska", "wp.pl", "pop3.wp.pl", TLS, ADDRESS, SWITCH_ON },
  { "o2", "o2.pl tlen.pl go2.pl", "poczta.o2.pl", TLS, ADDRESS, SWITCH_ON },
  { "Bluewin", "bluewin.ch bluemail.ch", "pop3s.bluewin.ch", TLS, ADDRESS, NONE },
  { "BT", "btinternet.com btopenworld.com talk21.com", "mail.btinternet.com", TLS, ADDRESS, NONE },
  { "Naver", "naver.com", "pop.naver.com", TLS, LOCAL_PART, SWITCH_ON | APP_PASSWORD },
  { "QQ Mail", "qq.com foxmail.com vip.qq.com", "pop.qq.com", TLS, ADDRESS, SWITCH_ON | CODE },
  { "NetEase 163", "163.com", "pop.163.com", TLS, ADDRESS, SWITCH_ON | CODE },
  { "NetEase 126", "126.com", "pop.126.com", TLS, ADDRESS, SWITCH_ON | CODE },
  { "NetEase Yeah", "yeah.net", "pop.yeah.net", TLS, ADDRESS, SWITCH_ON | CODE },
};

static gboolean
has_domain (const RstProvider *provider,
            const char *domain)
{
  g_auto (GStrv) domains = g_strsplit (provider->domains, " ", -1);

  for (char **d = domains; *d != NULL; d++)
    if (g_ascii_strcasecmp (*d, domain) == 0)
      return TRUE;
  return FALSE;
}

const RstProvider *
rst_providers_get (gsize *n_providers)
{
  g_return_val_if_fail (n_providers != NULL, NULL);

  *n_providers = G_N_ELEMENTS (providers);
  return providers;
}

const RstProvider *
rst_providers_find (const char *domain)
{
  g_return_val_if_fail (domain != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (providers); i++)
    if (has_domain (&providers[i], domain))
      return &providers[i];
  return NULL;
}

char *
rst_provider_dup_words (const RstProvider *self)
{
  /* Each %s is the provider's name. */
  static const struct
  {
    RstProviderHints hint;
    const char *words;
  } sentences[] = {
    { NO_POP, N_ ("%s has no POP3 server, so its mail cannot be read with this program.") },
    { TOKEN, N_ ("%s takes no password from mail programs. Add the account to GNOME Online "
                 "Accounts, or name a program that prints an access token.") },
    { SWITCH_ON, N_ ("POP must be switched on in the web settings of %s first.") },
    { APP_PASSWORD, N_ ("%s wants an app password: make one in its web settings, and enter that "
                        "instead of your usual password.") },
    { CODE, N_ ("%s wants an authorization code: its web settings show one when POP is switched "
                "on. Enter it as the password.") },
    { MAIL_PASSWORD, N_ ("%s has a password of its own for mail programs: set one in its web "
                         "settings.") },
    { PAID, N_ ("With %s, POP belongs to the paid plans.") },
    { RECENT, N_ ("%s shows a message to one POP program only. With “recent:” in front of the user "
                  "name, all programs see the last 30 days.") },
  };
  g_autoptr (GPtrArray) lines = g_ptr_array_new_null_terminated (4, g_free, TRUE);

  g_return_val_if_fail (self != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      g_auto (GStrv) parts = NULL;

      if ((self->hints & sentences[i].hint) == 0)
        continue;
      parts = g_strsplit (_ (sentences[i].words), "%s", -1);
      g_ptr_array_add (lines, g_strjoinv (self->name, parts));
    }
  return lines->len > 0 ? g_strjoinv ("\n", (char **)lines->pdata) : NULL;
}
