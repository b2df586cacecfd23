"""Bad input, and the sentence that each is answered with."""

HELP = "; see warpviz render --help."
KNOWN = (
    "known are .apng, .avif, .bmp, .gif, .html, .jpeg, .jpg, .mkv, .mov, .mp4, .pdf, .png, .pptx, "
    ".svg, .tif, .tiff, .webm, .webp."
)

MISUSE = [
    ("rendr", "Unknown verb 'rendr'; did you mean 'render'?"),
    ("--verson", "Unknown option '--verson'; did you mean '--version'?"),
    ("--quiet render", "Unknown option '--quiet'; name a verb first: warpviz render …"),
    ("help rendr", "Unknown verb 'rendr'; did you mean 'render'?"),
    (
        "render --colour red",
        "Unknown option '--colour'; did you mean '--colors'? See warpviz render --help.",
    ),
    ("render --xyzzy", f"Unknown option '--xyzzy'{HELP}"),
    ("render fold.gif", f"warpviz render does not expect 'fold.gif'{HELP}"),
    ("render --fps", f"--fps expects a value, got none{HELP}"),
    ("render --fps x", f"--fps expects a number, got 'x'{HELP}"),
    ("render --fps nan", f"--fps expects a number, got 'nan'{HELP}"),
    ("render --softmax=2", f"--softmax takes no value, got '2'{HELP}"),
    ("render --epochs -3", f"--epochs expects a whole number from 1, got '-3'{HELP}"),
    ("render --jobs 1.5", f"--jobs expects a whole number of 0 or more, got '1.5'{HELP}"),
    ("render --size 640", f"--size expects pixels such as 640x480, got '640'{HELP}"),
    ("render --limits 1,2", f"--limits expects x0,x1,y0,y1 such as -1,1,-1,1, got '1,2'{HELP}"),
    (
        "render --limits 1,-1,0,1",
        f"--limits expects x0 < x1 and y0 < y1, got '1,-1,0,1'{HELP}",
    ),
    (
        "render --layers 3,0",
        "--layers expects widths from 1 to 1000, each with :activation if wanted, such as "
        f"3:identity,3,3, got '3,0'{HELP}",
    ),
    (
        "render --layers -3",
        "--layers expects widths from 1 to 1000, each with :activation if wanted, such as "
        f"3:identity,3,3, got '-3'{HELP}",
    ),
    ("inspect", "MODEL is missing; see warpviz inspect --help."),
    ("render --activation rellu", "Unknown activation 'rellu'; did you mean 'relu'?"),
    ("render --layers 3:tanhh", "Unknown activation 'tanhh'; did you mean 'tanh'?"),
    ("render --data ring", "Unknown data set 'ring'; did you mean 'rings'?"),
    ("render --data no.csv", "Data file 'no.csv' does not exist."),
    ("render --optimizer adm", "Unknown optimizer 'adm'; did you mean 'adam'?"),
    ("render --theme drak", "Unknown theme 'drak'; did you mean 'dark'?"),
    ("render --hide dot", "Unknown part 'dot'; did you mean 'dots'?"),
    ("render --show gird", "Unknown part 'gird'; did you mean 'grid'?"),
    ("render --ease smoth", "Unknown easing 'smoth'; did you mean 'smooth'?"),
    ("render --view 4d", "Unknown view '4d'; did you mean '3d'?"),
    ("render --motion lerpp", "Unknown motion 'lerpp'; did you mean 'lerp'?"),
    (
        "render --font no-such-font",
        "--font expects a font file or an installed family, got 'no-such-font'; "
        "name a .ttf or .otf file.",
    ),
    (
        "render --size 100x100",
        "size expects 240x180 to 3840x2160 pixels, got 100x100.",
    ),
    ("render --fps 0", "fps expects a number above 0, got 0."),
    ("render --fps -5", "fps expects a number above 0, got -5."),
    (
        "render --fps 60",
        "fps expects at most 50 for a GIF, got 60; lower it or write another format.",
    ),
    ("render --seconds 0", "seconds expects a number above 0, got 0."),
    ("render --hold -1", "hold expects 0 to 3600 seconds, got -1."),
    (
        "render --hold 700",
        "A frame of a GIF stays 655.35 seconds at most, got 700; change hold or fps.",
    ),
    (
        "render --epochs 0",
        "--epochs expects a whole number from 1, got '0'; see warpviz render --help.",
    ),
    (
        "train --starts -1",
        "--starts expects a whole number from 1, got '-1'; see warpviz train --help.",
    ),
    (
        "train --starts 0",
        "--starts expects a whole number from 1, got '0'; see warpviz train --help.",
    ),
    (
        "render --activation relu=sin(z)",
        "'relu' is a built-in activation; give the formula a name of its own, such as 'my_relu'.",
    ),
    (
        "render --activation=",
        "An activation is a name such as 'relu', or a formula of z such as 'sin(2*z)', got ''.",
    ),
    (
        "render --learning-rate 0",
        "Training expects a learning rate above 0, got 0.0.",
    ),
    ("render -o fold.xyz", f"Cannot write fold.xyz: unknown suffix '.xyz'; {KNOWN}"),
    (
        "render -o a.gif -o fold",
        f"Cannot write fold: the suffix chooses the format and there is none; {KNOWN}",
    ),
    (
        "render -o no/fold.gif",
        "Cannot write no/fold.gif: the folder no does not exist; create it first.",
    ),
    (
        "render --rounds 3",
        "--rounds counts midpoints of the classic film; add --classic.",
    ),
    (
        "render --classic --theme light",
        "--classic is the original animation, which takes no --theme; leave out one of the two.",
    ),
    (
        "render --trail 1,2 --seconds 2 --classic",
        "--classic is the original animation, which takes no --trail and no --seconds; "
        "leave them out, or --classic.",
    ),
    (
        "render --acts 2-3 --turntable 3",
        "--turntable turns one stop, --acts cuts a film that goes from stop to stop; "
        "leave out one.",
    ),
    ("render --at 2.5 --turntable 3 -o a.png", "--at expects 0 to 1, the film's stops, got 2.5."),
    ("render --classic --rounds 13", "rounds expects 0 to 12, got 13."),
    (
        "render --classic --layers 1",
        "The classic film shows two coordinates of every state, got a chain of widths "
        "2, 1, 2, 2; every layer needs at least 2 units.",
    ),
    (
        "render --activation tanh --layers 3:relu",
        "--activation has no layer to act in, as --layers names all of theirs; leave it out.",
    ),
    (
        "compare",
        "compare expects 1 to 12 activations or models, got 0; such as: "
        "warpviz compare relu tanh gelu.",
    ),
    (
        "compare relu tanh gelu sin silu elu softplus sigmoid identity z z**2 z**3 z**4",
        "compare expects 1 to 12 activations or models, got 13; such as: "
        "warpviz compare relu tanh gelu.",
    ),
    (
        "compare relu tanh gelu sin silu --size 240x180",
        "5 panels in 240x180 pixels would be 80x90 each, too small to read; choose a size of "
        "240x270 or more.",
    ),
    ("compare relu relu", "compare names relu twice; leave one out."),
    ("compare relu tan", "Unknown activation 'tan'; did you mean 'tanh'?"),
    (
        "compare relu --activation tanh",
        "compare takes activations as words; leave out --activation or the words.",
    ),
    ("train", "train expects a file to write, got none; add -o model.npz."),
    (
        "train -o m.txt",
        "A model is stored as .npz, .json or .onnx, got 'm.txt'; change the suffix.",
    ),
    (
        "train -o no/m.npz",
        "Cannot write no/m.npz: the folder no does not exist; create it first.",
    ),
    ("render --model no.npz", "File 'no.npz' does not exist."),
    (
        "inspect fold.gif",
        "A model is a .npz, .json, .onnx, .safetensors, .mat file, got 'fold.gif'.",
    ),
    ("list themess", "Unknown topic 'themess'; did you mean 'themes'?"),
    ("gallery rely", "Unknown piece 'rely'; did you mean 'relu'?"),
    ("gallery -o a -o b", "gallery writes to one folder, got a and b."),
    (
        "gallery --fps 60",
        "fps expects at most 50 for a GIF, got 60; lower it or write another format.",
    ),
]
