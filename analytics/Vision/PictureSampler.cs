using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Xunke.Analytics.Vision;

/// <summary>
/// Scales a region of a frame to a given size: bilinear where it enlarges, and with the filter widened to match where it
/// shrinks, so that nothing falls between the samples. What lies outside the frame is black. Keeps its buffers; not thread-safe.
/// </summary>
internal sealed class PictureSampler
{
    private readonly Axis _across = new();
    private readonly Axis _down = new();
    private float[] _row = [];

    /// <param name="region">In pixels of the frame; may reach outside it.</param>
    /// <param name="target">RGB pixels; its rows are <paramref name="targetStride"/> pixels apart.</param>
    /// <param name="width">Width of the result in pixels.</param>
    /// <param name="height">Height of the result in pixels.</param>
    /// <param name="targetStride">Pixels from one row of the target to the next, at least <paramref name="width"/>.</param>
    public void Sample(RgbFrame frame, Box region, Span<byte> target, int width, int height, int targetStride)
    {
        _across.Plan(region.Left, region.Width, width, frame.Width);
        _down.Plan(region.Top, region.Height, height, frame.Height);
        int first = _across.First * 3;
        int length = (_across.Last + 1 - _across.First) * 3;
        if (_row.Length < (frame.Width * 3) + Vector128<float>.Count)
        {
            _row = new float[(frame.Width * 3) + Vector128<float>.Count];
        }

        for (int y = 0; y < height; y++)
        {
            Span<byte> output = target.Slice(y * targetStride * 3, width * 3);
            ReadOnlySpan<float> weights = _down.Taps(y, out int start);
            if (weights.IsEmpty || length <= 0)
            {
                output.Clear();
                continue;
            }

            Span<float> row = _row.AsSpan(first, length);
            row.Clear();
            for (int tap = 0; tap < weights.Length; tap++)
            {
                AddScaled(frame.Pixels.Slice(((start + tap) * frame.Width * 3) + first, length), weights[tap], row);
            }

            SampleRow(output);
        }
    }

    private void SampleRow(Span<byte> output)
    {
        ref float row = ref MemoryMarshal.GetArrayDataReference(_row);
        for (int x = 0; x < output.Length / 3; x++)
        {
            ReadOnlySpan<float> weights = _across.Taps(x, out int start);
            // One pixel is three floats; the fourth lane belongs to its neighbour and is dropped. The row has room for it.
            var sum = Vector128.Create(0.5f);
            ref float input = ref Unsafe.Add(ref row, start * 3);
            foreach (float weight in weights)
            {
                sum += Vector128.LoadUnsafe(ref input) * weight;
                input = ref Unsafe.Add(ref input, 3);
            }

            Vector128<byte> pixel = Vector128.ConvertToInt32(weights.IsEmpty ? Vector128<float>.Zero : sum).AsByte();
            Span<byte> target = output.Slice(x * 3, 3);
            target[2] = pixel[8];
            target[1] = pixel[4];
            target[0] = pixel[0];
        }
    }

    private static void AddScaled(ReadOnlySpan<byte> source, float weight, Span<float> sum)
    {
        int i = 0;
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(sum);
        for (; i <= source.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            var words = Vector256.WidenLower(Vector128.LoadUnsafe(ref from, (nuint)i).ToVector256Unsafe());
            var numbers = Vector512.WidenLower(words.ToVector512Unsafe());
            Vector512<float> scaled = Vector512.ConvertToSingle(numbers.AsInt32()) * weight;
            (Vector512.LoadUnsafe(ref to, (nuint)i) + scaled).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < source.Length; i++)
        {
            sum[i] += source[i] * weight;
        }
    }

    /// <summary>For each output along one side, which inputs it is made of and in what shares.</summary>
    private sealed class Axis
    {
        private int[] _starts = [];
        private int[] _counts = [];
        private float[] _weights = [];
        private int _taps;

        public int First { get; private set; }

        /// <summary>The last input that anything is made of; before <see cref="First"/> if there is none.</summary>
        public int Last { get; private set; }

        /// <summary>The shares of an output, from which input on; none where the output lies outside.</summary>
        public ReadOnlySpan<float> Taps(int output, out int start)
        {
            start = _starts[output];
            return _weights.AsSpan(output * _taps, _counts[output]);
        }

        public void Plan(float origin, float extent, int outputs, int inputs)
        {
            float step = extent / outputs;
            float reach = Math.Max(1, step);
            _taps = (int)(2 * reach) + 2;
            if (_starts.Length < outputs || _weights.Length < outputs * _taps)
            {
                _starts = new int[outputs];
                _counts = new int[outputs];
                _weights = new float[outputs * _taps];
            }

            (First, Last) = (inputs, -1);
            for (int output = 0; output < outputs; output++)
            {
                Plan(output, origin + ((output + 0.5f) * step) - 0.5f, reach, inputs);
            }
        }

        private void Plan(int output, float centre, float reach, int inputs)
        {
            _counts[output] = 0;
            if (centre < -0.5f || centre > inputs - 0.5f)
            {
                return;
            }

            int start = Math.Max(0, (int)MathF.Ceiling(centre - reach));
            int end = Math.Min(inputs - 1, (int)MathF.Floor(centre + reach));
            Span<float> weights = _weights.AsSpan(output * _taps, end + 1 - start);
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i] = 1 - (Math.Abs(start + i - centre) / reach);
            }

            // At the edge of the frame the existing inputs replace the missing ones.
            TensorPrimitives.Divide(weights, TensorPrimitives.Sum(weights), weights);
            _starts[output] = start;
            _counts[output] = weights.Length;
            First = Math.Min(First, start);
            Last = Math.Max(Last, end);
        }
    }
}
