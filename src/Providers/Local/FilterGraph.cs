using System.Globalization;
using System.Text;

namespace Providers.Local;

/// <summary>Writes ffmpeg's filter language step by step; every step takes the picture so far.</summary>
/// <param name="start">Label of the first input, for example <c>0:v:0</c>.</param>
internal sealed class FilterGraph(string start, int width, int height)
{
    // of a source that lasts longer every frame would go through what follows; its rate is also how finely the time of a clip is counted
    private const string OneFrame = "r=25:d=0.04";

    private readonly StringBuilder _text = new();
    private string _current = start;
    private int _labels;

    public int Width { get; private set; } = width;

    public int Height { get; private set; } = height;

    /// <summary>Filters one after the other on the whole picture.</summary>
    public FilterGraph Then(string filters)
    {
        var next = Label();
        // some filters leave YUV behind, in which blending red, green and blue gives green
        Append($"[{_current}]{filters},format=gbrp[{next}]");
        _current = next;
        return this;
    }

    public FilterGraph Resize(int width, int height)
    {
        (Width, Height) = (width, height);
        return Then($"scale={width}:{height}:flags=lanczos");
    }

    /// <summary>Lays the picture over a plain colour, for sources that are partly transparent.</summary>
    public FilterGraph Over(string colour)
    {
        var (ground, next) = (Label(), Label());
        Append($"color=c={colour}:s={Width}x{Height}:{OneFrame},format=gbrp[{ground}]");
        Append($"[{ground}][{_current}]overlay=format=gbrp[{next}]");
        _current = next;
        return this;
    }

    /// <summary>Filters within a shape.</summary>
    public FilterGraph Within(Field shape, string filters)
    {
        var (still, moved, changed, mask, next) = (Label(), Label(), Label(), Label(), Label());
        Append($"[{_current}]split[{still}][{moved}]");
        Append($"[{moved}]{filters},format=gbrp[{changed}]");
        Append($"{Paint(shape, (0, 0, 0), (255, 255, 255))}[{mask}]");
        Append($"[{still}][{changed}][{mask}]maskedmerge[{next}]");
        _current = next;
        return this;
    }

    /// <summary>Filters within a shape, at full strength only where the picture has colour: a coat takes a dye, the grey wall behind it hardly.</summary>
    public FilterGraph Dye(Field shape, string filters)
    {
        var (still, moved, seen, changed, blue, red, blueAway, redAway, colour, spot, mask, next) =
            (Label(), Label(), Label(), Label(), Label(), Label(), Label(), Label(), Label(), Label(), Label(), Label());
        const string FromGrey = "format=gray,lut=c0='min(255,abs(val-128)*9)'";
        Append($"[{_current}]split=3[{still}][{moved}][{seen}]");
        Append($"[{moved}]{filters},format=gbrp[{changed}]");
        Append($"[{seen}]format=yuv444p,extractplanes=u+v[{blue}][{red}]");
        Append($"[{blue}]{FromGrey}[{blueAway}]");
        Append($"[{red}]{FromGrey}[{redAway}]");
        Append($"[{blueAway}][{redAway}]blend=all_mode=lighten,lut=c0='min(255,val+95)',gblur=sigma=4,format=gbrp[{colour}]");
        Append($"{Paint(shape, (0, 0, 0), (255, 255, 255))}[{spot}]");
        Append($"[{spot}][{colour}]blend=all_mode=multiply[{mask}]");
        Append($"[{still}][{changed}][{mask}]maskedmerge[{next}]");
        _current = next;
        return this;
    }

    /// <summary>Lays a filtered copy over the picture, for example its own blur as a glow.</summary>
    public FilterGraph Blend(string filters, string mode, double opacity)
    {
        var (still, moved, changed) = (Label(), Label(), Label());
        Append($"[{_current}]split[{still}][{moved}]");
        Append($"[{moved}]{filters},format=gbrp[{changed}]");
        return Mix(still, changed, mode, opacity);
    }

    /// <summary>Light or shade: colours from one to the other along a shape, mixed in.</summary>
    /// <param name="zero">Colour where the shape is 0, as RRGGBB.</param>
    /// <param name="one">Colour where it is 1.</param>
    public FilterGraph Light(Field shape, string zero, string one, string mode, double opacity)
    {
        var layer = Label();
        Append($"{Paint(shape, Rgb(zero), Rgb(one))}[{layer}]");
        return Mix(_current, layer, mode, opacity);
    }

    /// <summary>The whole graph with its last output named.</summary>
    public string End(string label)
    {
        Append($"[{_current}]null[{label}]");
        return _text.ToString();
    }

    private FilterGraph Mix(string below, string above, string mode, double opacity)
    {
        var next = Label();
        Append(FormattableString.Invariant($"[{below}][{above}]blend=all_mode={mode}:all_opacity={opacity:0.###}[{next}]"));
        _current = next;
        return this;
    }

    private string Paint(Field shape, (int R, int G, int B) zero, (int R, int G, int B) one)
    {
        var t = shape.Formula;
        return $"color=c=black:s={Field.Grid}x{Field.Grid}:{OneFrame},format=gbrp,"
            + $"geq=r='{zero.R}+{one.R - zero.R}*{t}':g='{zero.G}+{one.G - zero.G}*{t}':b='{zero.B}+{one.B - zero.B}*{t}',"
            + $"scale={Width}:{Height}:flags=bicubic,format=gbrp";
    }

    private static (int R, int G, int B) Rgb(string hex)
    {
        var value = int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (value >> 16, (value >> 8) & 0xFF, value & 0xFF);
    }

    private string Label() => $"n{_labels++}";

    private void Append(string part)
    {
        if (_text.Length > 0)
        {
            _text.Append(';');
        }

        _text.Append(part);
    }
}
