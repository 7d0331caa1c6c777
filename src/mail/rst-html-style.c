/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-html-style"

#include "config.h"

#include "rst-html-style.h"

#include <stdlib.h>
#include <string.h>

/* Pixels to the left from which on nothing can be seen. */
#define OFF_SCREEN -999.0

typedef struct
{
  const char *name;
  RstRunFlags flags;
  guint8 heading;
} ElementLook;

/* In the order of their names. */
static const ElementLook element_looks[] = {
  { "address", RST_RUN_ITALIC, 0 },
  { "b", RST_RUN_BOLD, 0 },
  { "caption", RST_RUN_BOLD, 0 },
  { "cite", RST_RUN_ITALIC, 0 },
  { "code", RST_RUN_MONOSPACE, 0 },
  { "del", RST_RUN_STRIKE, 0 },
  { "dfn", RST_RUN_ITALIC, 0 },
  { "dt", RST_RUN_BOLD, 0 },
  { "em", RST_RUN_ITALIC, 0 },
  { "h1", 0, 1 },
  { "h2", 0, 2 },
  { "h3", 0, 3 },
  { "h4", 0, 4 },
  { "h5", 0, 5 },
  { "h6", 0, 6 },
  { "i", RST_RUN_ITALIC, 0 },
  { "ins", RST_RUN_UNDERLINE, 0 },
  { "kbd", RST_RUN_MONOSPACE, 0 },
  { "listing", RST_RUN_MONOSPACE | RST_RUN_PREFORMATTED, 0 },
  { "plaintext", RST_RUN_MONOSPACE | RST_RUN_PREFORMATTED, 0 },
  { "pre", RST_RUN_MONOSPACE | RST_RUN_PREFORMATTED, 0 },
  { "s", RST_RUN_STRIKE, 0 },
  { "samp", RST_RUN_MONOSPACE, 0 },
  { "strike", RST_RUN_STRIKE, 0 },
  { "strong", RST_RUN_BOLD, 0 },
  { "th", RST_RUN_BOLD, 0 },
  { "tt", RST_RUN_MONOSPACE, 0 },
  { "u", RST_RUN_UNDERLINE, 0 },
  { "var", RST_RUN_ITALIC, 0 },
  { "xmp", RST_RUN_MONOSPACE | RST_RUN_PREFORMATTED, 0 },
};

/* What the declarations of a style attribute say; of two for one property the last counts. */
typedef struct
{
  RstHtmlStyle *style;
  gboolean is_undisplayed;
  gboolean is_invisible;
  gboolean is_transparent;
  gboolean has_no_font;
  gboolean has_no_height;
  gboolean has_no_box;
  gboolean clips;
  gboolean is_off_screen;
  gboolean has_no_border;
  gboolean has_left_border;
  const char *color;
  const char *background;
} Declarations;

const char *
rst_html_find_attribute (const xmlChar **attributes,
                         const char *name)
{
  for (; attributes != NULL && attributes[0] != NULL; attributes += 2)
    if (g_ascii_strcasecmp ((const char *)attributes[0], name) == 0)
      return attributes[1] != NULL ? (const char *)attributes[1] : "";

  return NULL;
}

static int
compare_names (gconstpointer name,
               gconstpointer look)
{
  return g_ascii_strcasecmp (name, ((const ElementLook *)look)->name);
}

void
rst_html_apply_element (const char *name,
                        RstRun *look)
{
  const ElementLook *found = bsearch (name,
                                      element_looks,
                                      G_N_ELEMENTS (element_looks),
                                      sizeof *element_looks,
                                      compare_names);

  if (found == NULL)
    return;

  look->flags |= found->flags;
  if (found->heading > 0)
    look->heading = found->heading;
}

/* "0", "0px", "0.0em", but not "0.9em" */
static gboolean
is_zero (const char *value)
{
  return (*value == '0' || *value == '.') && g_ascii_strtod (value, NULL) == 0.0;
}

static void
change_look (RstHtmlStyle *style,
             RstRunFlags flags,
             gboolean is_set)
{
  style->set = is_set ? style->set | flags : style->set & ~flags;
  style->cleared = is_set ? style->cleared & ~flags : style->cleared | flags;
}

static void
read_font (RstHtmlStyle *style,
           const char *property,
           const char *value)
{
  if (strcmp (property, "font-weight") == 0)
    change_look (style,
                 RST_RUN_BOLD,
                 g_str_has_prefix (value, "bold") || g_ascii_strtod (value, NULL) >= 600.0);
  else if (strcmp (property, "font-style") == 0)
    change_look (style,
                 RST_RUN_ITALIC,
                 g_str_has_prefix (value, "italic") || g_str_has_prefix (value, "oblique"));
  else if (strcmp (property, "font-family") == 0)
    change_look (style,
                 RST_RUN_MONOSPACE,
                 strstr (value, "mono") != NULL || strstr (value, "courier") != NULL ||
                     strstr (value, "consolas") != NULL || strstr (value, "menlo") != NULL);
}

static void
read_decoration (RstHtmlStyle *style,
                 const char *value)
{
  if (strstr (value, "underline") != NULL)
    change_look (style, RST_RUN_UNDERLINE, TRUE);
  if (strstr (value, "line-through") != NULL)
    change_look (style, RST_RUN_STRIKE, TRUE);
  if (g_str_has_prefix (value, "none"))
    change_look (style, RST_RUN_UNDERLINE | RST_RUN_STRIKE, FALSE);
}

static void
read_box (Declarations *self,
          const char *property,
          const char *value)
{
  if (strcmp (property, "display") == 0)
    self->is_undisplayed = g_str_has_prefix (value, "none");
  else if (strcmp (property, "visibility") == 0)
    self->is_invisible = g_str_has_prefix (value, "hidden") || g_str_has_prefix (value, "collapse");
  else if (strcmp (property, "opacity") == 0)
    self->is_transparent = is_zero (value);
  else if (strcmp (property, "max-height") == 0)
    self->has_no_height = is_zero (value);
  else if (strcmp (property, "height") == 0 || strcmp (property, "width") == 0)
    self->has_no_box |= is_zero (value);
  else if (strcmp (property, "overflow") == 0)
    self->clips = g_str_has_prefix (value, "hidden");
  else if (strcmp (property, "left") == 0 || strcmp (property, "top") == 0 ||
           strcmp (property, "text-indent") == 0)
    self->is_off_screen |= g_ascii_strtod (value, NULL) <= OFF_SCREEN;
  else if (strcmp (property, "border") == 0)
    self->has_no_border = g_str_has_prefix (value, "none") || is_zero (value);
  else if (strcmp (property, "border-left") == 0)
    self->has_left_border = strstr (value, "solid") != NULL;
}

static void
read_declaration (Declarations *self,
                  const char *property,
                  const char *value)
{
  read_box (self, property, value);
  read_font (self->style, property, value);

  if (strcmp (property, "font-size") == 0)
    self->has_no_font = is_zero (value);
  else if (strcmp (property, "color") == 0)
    self->color = value;
  else if (strcmp (property, "background") == 0 || strcmp (property, "background-color") == 0)
    self->background = value;
  else if (strcmp (property, "white-space") == 0)
    self->style->keeps_blanks = strcmp (value, "pre") == 0 || strcmp (value, "pre-wrap") == 0;
  else if (g_str_has_prefix (property, "text-decoration"))
    read_decoration (self->style, value);
}

/* @plain: without blanks, in lower case; is taken apart */
static void
read_declarations (Declarations *self,
                   char *plain)
{
  while (plain != NULL)
    {
      char *next = strchr (plain, ';');
      char *value;
      char *important;

      if (next != NULL)
        *next++ = '\0';
      value = strchr (plain, ':');
      important = strchr (plain, '!');
      if (important != NULL)
        *important = '\0';
      if (value != NULL && (important == NULL || value < important))
        {
          *value++ = '\0';
          read_declaration (self, plain, value);
        }

      plain = next;
    }
}

static char *
dup_plain (const char *style)
{
  GString *plain = g_string_new (NULL);

  for (; *style != '\0'; style++)
    if (!g_ascii_isspace (*style))
      g_string_append_c (plain, g_ascii_tolower (*style));

  return g_string_free (plain, FALSE);
}

/* Only what is plainly so: what lies behind an element is another question. */
static gboolean
is_camouflaged (const Declarations *self,
                const xmlChar **attributes)
{
  const char *background = self->background;

  if (background == NULL)
    background = rst_html_find_attribute (attributes, "bgcolor");
  if (self->color == NULL || background == NULL)
    return FALSE;

  return (*self->color == '#' || g_str_has_prefix (self->color, "rgb(") ||
          strcmp (self->color, "white") == 0) &&
         g_ascii_strcasecmp (self->color, background) == 0;
}

static gboolean
has_class (const char *classes,
           const char *name)
{
  return classes != NULL && strstr (classes, name) != NULL;
}

void
rst_html_read_style (const char *name,
                     const xmlChar **attributes,
                     RstHtmlStyle *style)
{
  Declarations self = { .style = style };
  const char *source = rst_html_find_attribute (attributes, "style");
  const char *classes = rst_html_find_attribute (attributes, "class");
  g_autofree char *plain = source != NULL ? dup_plain (source) : NULL;

  *style = (RstHtmlStyle){ 0 };
  read_declarations (&self, plain);

  style->is_hidden = rst_html_find_attribute (attributes, "hidden") != NULL ||
                     self.is_undisplayed || self.is_invisible || self.is_transparent ||
                     self.has_no_font || self.has_no_height ||
                     (self.has_no_box && self.clips) || self.is_off_screen ||
                     is_camouflaged (&self, attributes);

  /* Outlook's replies, Yahoo's, and Gmail's button "Indent more". */
  style->is_quote = strcmp (name, "div") == 0 &&
                    ((self.has_no_border && self.has_left_border) ||
                     has_class (classes, "yahoo_quoted"));
  style->is_indent = self.has_no_border && !self.has_left_border;
  if (has_class (classes, "gmail_signature") || has_class (classes, "moz-signature"))
    style->set |= RST_RUN_SIGNATURE;
}
