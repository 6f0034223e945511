#include "app/io/export_formats.h"

const ExportFormat *const EXPORTS[EXPORT_KINDS] = {
    [EXPORT_GIF] = &gif_export,       [EXPORT_MP4] = &mp4_export,         [EXPORT_WEBM] = &webm_export,
    [EXPORT_PLOT] = &plot_export,     [EXPORT_PLOT_2X] = &plot_2x_export, [EXPORT_SVG] = &svg_export,
    [EXPORT_PDF] = &pdf_export,       [EXPORT_PAGE] = &page_export,       [EXPORT_WINDOW] = &window_export,
    [EXPORT_POINTS] = &points_export, [EXPORT_TRACE] = &trace_export,     [EXPORT_MODEL] = &model_export,
    [EXPORT_PRESET] = &preset_export,
};
