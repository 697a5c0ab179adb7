namespace Providers.Local.Prompts;

/// <summary>What an image prompt can add, by theme and subject. Each pool holds more than the 20 variations that may be asked for.</summary>
internal static class LookPools
{
    private static readonly Pool Garments = new(
        [
            "wearing a tailored navy suit", "wearing a flowing emerald silk gown", "wearing a camel wool coat", "wearing a black leather jacket",
            "wearing a cream linen set", "wearing faded blue denim", "wearing a burgundy velvet evening dress", "wearing a teal tracksuit",
            "wearing a floral summer dress", "wearing a vintage plaid blazer", "wearing a white turtleneck and grey trousers", "wearing a mustard knit cardigan",
        ],
        [" with natural folds and a precise fit", " with a slim belt and small gold earrings", " with a silk scarf at the neck", " in an understated, modern cut", " layered with fine texture"]);

    // clothes that the input names stay; what goes with them changes
    private static readonly Pool Accessories = new(
        [
            "styled with a camel trench over the shoulders", "styled with a wide-brimmed straw hat", "styled with layered gold necklaces",
            "styled with a black leather belt and gloves", "styled with a pearl choker", "styled with a cropped denim jacket",
            "styled with a long emerald scarf", "styled with sunglasses and a leather handbag", "styled with silver statement earrings",
            "styled with a cream knit shawl", "styled with a fitted charcoal blazer", "styled with white sneakers and a canvas tote",
        ],
        [", the fabric in satin with a soft sheen", ", the fabric in light cotton that moves", ", the fabric in textured linen", ", the fabric in heavy velvet with deep folds", ", the cut loose and relaxed"]);

    private static readonly Pool Dressing = new(
        [
            "presented on a rustic wooden table", "presented on white marble", "presented on dark slate", "presented on folded linen", "presented on brushed steel",
            "presented on moss and stone", "presented on a mirrored surface", "presented on terracotta tiles", "presented on a velvet cloth", "presented on warm sand",
        ],
        [" with dried flowers beside it", " with a few scattered petals", " with a folded napkin and nothing else", " with soft shadows of leaves", " with plenty of empty space around"]);

    private static readonly Pool Poses = new(
        [
            "standing upright with relaxed shoulders", "sitting on the edge of a chair", "walking toward the camera", "leaning against a wall",
            "turning to look over the shoulder", "caught mid action, jumping", "dancing with one arm raised", "kneeling on one knee", "crouching low to the ground",
            "standing with arms crossed",
        ],
        [", the weight on one leg", ", hands open and natural", ", chin slightly raised", ", with believable contact shadows", ", the body turned three quarters"]);

    private static readonly Pool Gestures = new(
        [
            "one hand in the hair", "one hand resting on the hip", "looking over the shoulder", "both hands loosely clasped", "one arm reaching out",
            "head tilted to one side", "chin resting on a hand", "gaze turned to the light", "shoulders turned away from the camera", "fingers touching the collar",
        ],
        [", the posture open", ", the posture tall and composed", ", the posture easy and unposed", ", the line of the body diagonal", ", weight shifted forward"]);

    private static readonly Pool Arrangements = new(
        [
            "seen from a three-quarter angle", "seen from straight above, flat lay", "seen from the side at table height", "seen from a low angle", "seen from the front, centred",
            "placed off centre on the left", "placed off centre on the right", "seen in close-up", "seen in a wide shot", "tilted slightly toward the camera",
        ],
        [", with clear space around it", ", with a shallow depth of field", ", with a strong diagonal", ", with a soft foreground", ", with even, symmetrical lines"]);

    private static readonly Pool Expressions = new(
        [
            "with a gentle, warm smile", "with a serious, level look", "laughing openly", "contemplative, lost in thought", "with a calm, neutral expression",
            "surprised, with wide eyes", "with a confident half smile", "with a determined, focused look", "with a wistful, pensive look", "grinning with bright eyes",
        ],
        [", looking straight at the camera", ", the gaze just past the lens", ", the eyes lowered for a moment", ", the brows relaxed", ", the head tilted slightly"]);

    private static readonly Pool Nuances = new(
        [
            "the eyes catching a clear highlight", "the corners of the mouth barely moving", "the brows lightly raised", "the jaw relaxed", "the look direct and unguarded",
            "the look soft and inward", "the look playful", "the look proud and still", "the look tender", "the look curious",
        ],
        [", looking straight at the camera", ", the gaze just past the lens", ", the eyes lowered for a moment", ", the head tilted slightly", ", the face turned to the light"]);

    private static readonly Pool Moods = new(
        [
            "in a calm, quiet mood", "in a bright, cheerful mood", "in a solemn mood", "in a mysterious mood", "in a nostalgic mood",
            "in a fresh, crisp mood", "in a cosy, intimate mood", "in a bold, energetic mood", "in a dreamy mood", "in a stark, minimal mood",
        ],
        [" with muted colours", " with warm colours", " with cool colours", " with deep contrast", " with pale, airy tones"]);

    private static readonly Pool Lights = new(
        [
            "lit by a soft studio key and fill", "in natural window light", "in dramatic low-key side light", "in soft, overcast daylight", "in golden hour light",
            "backlit with a bright rim light", "lit by neon signs", "by candlelight", "in moonlight", "in the last light of sunset", "in thin morning mist",
        ],
        [" from the left", " from the right", " from high above", " with long, clear shadows", " with barely any shadow"]);

    private static readonly Pool LightQualities = new(
        [
            "the key light from the left", "the key light from the right", "the light falling from high above", "the light low and grazing", "the light from behind, with a clean rim",
            "the light broad and wrapping", "the light narrow, like a beam", "the light broken by leaves", "the light bounced from a pale wall", "the light fading toward the edges",
        ],
        [", shadows soft", ", shadows deep and clear", ", highlights gentle", ", colours of materials true", ", a faint haze in the air"]);

    private static readonly Pool Compositions = new(
        [
            "in close-up", "in a medium shot", "in a wide shot with room to breathe", "from a low angle", "from a high angle", "from a three-quarter angle",
            "off centre, following the rule of thirds", "framed by a soft foreground", "centred and symmetrical", "in a candid, documentary moment",
        ],
        [", in natural window light", ", in golden hour light", ", in soft studio light", ", in dramatic side light", ", in soft, overcast light"]);

    public static Pool For(string? focus, SubjectKind subject, Words words) => (focus, subject) switch
    {
        ("outfits", SubjectKind.Person) => words.HasAny(Named.Clothes) ? Accessories : Garments,
        ("outfits", _) => Dressing,
        ("poses", SubjectKind.Person) => words.HasAny(Named.Poses) ? Gestures : Poses,
        ("poses", _) => Arrangements,
        ("expressions", SubjectKind.Person) => words.HasAny(Named.Expressions) ? Nuances : Expressions,
        ("expressions", _) => Moods,
        ("lighting", _) => words.HasAny(Named.Lights) ? LightQualities : Lights,
        _ => Compositions,
    };
}
