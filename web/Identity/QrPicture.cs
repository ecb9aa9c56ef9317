using QRCoder;

namespace Xunke.Web.Identity;

/// <summary>A text as a QR code.</summary>
internal static class QrPicture
{
    /// <summary>The code as an SVG picture.</summary>
    public static string Of(string text)
    {
        using var generator = new QRCodeGenerator();
        using QRCodeData data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var picture = new SvgQRCode(data);
        return picture.GetGraphic(4);
    }
}
