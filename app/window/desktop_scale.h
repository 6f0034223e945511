/* The scale that an X11 desktop asks for. The resource Xft.dpi is what GNOME, KDE, Xfce and the others set beside their
 * XSETTINGS, and a person without a desktop sets by xrdb; GDK_SCALE is what some set for GTK's programs. */
#ifndef EASYFIRST_DESKTOP_SCALE_H
#define EASYFIRST_DESKTOP_SCALE_H

/* resources: the text of the display's resources, or NULL. gdk_scale: that variable, or NULL. The larger one of
 * Xft.dpi / 96 and it; 1 if neither is set, or sensible (1/2 to 10). */
float desktop_scale_of(const char *resources, const char *gdk_scale);

/* Of that display (Xlib's), as its resources are now. */
float desktop_scale_x11(void *display);

#endif
