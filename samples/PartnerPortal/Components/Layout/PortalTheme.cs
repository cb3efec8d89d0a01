using MudBlazor;

namespace DmpFederation.PartnerPortal.Components.Layout;

/// <summary>Colours with a contrast of 4.5 or more on white (WCAG AA); the system's own fonts, so that nothing is fetched elsewhere.</summary>
internal static class PortalTheme
{
    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0b4f8a",
            Secondary = "#4a5568",
            TextPrimary = "#16212e",
            TextSecondary = "#465364",
            LinesInputs = "#6b7789",
            Background = "#f3f6f9",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "DejaVu Sans", "sans-serif"] },
        },
    };
}
