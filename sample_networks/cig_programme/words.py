"""Fictional words for the sample programme: organisations, teams and names. Nobody here is a real person."""

# id, full name, sector, region
ORGANISATIONS = (
    ("Tarnside CCG", "NHS Tarnside Clinical Commissioning Group", "Clinical commissioning group", "Tarnside"),
    ("Morrowby CCG", "NHS Morrowby Clinical Commissioning Group", "Clinical commissioning group", "Morrowby"),
    ("Calderwick CCG", "NHS Calderwick Clinical Commissioning Group", "Clinical commissioning group", "Calderwick"),
    ("Tarnside Hospitals", "Tarnside Teaching Hospitals NHS Trust", "Hospital trust", "Tarnside"),
    ("Morrowby General", "Morrowby General NHS Foundation Trust", "Hospital trust", "Morrowby"),
    ("St Cedd's", "St Cedd's Hospitals NHS Trust", "Hospital trust", "Calderwick"),
    ("Fellgate Community", "Fellgate Community Health NHS Trust", "Community or mental health trust", "Tarnside"),
    ("Oakmere Care", "Oakmere Mental Health and Care NHS Trust", "Community or mental health trust", "Morrowby"),
    ("Lowther Community", "Lowther Community NHS Foundation Trust", "Community or mental health trust", "Calderwick"),
    ("Tarnside Council", "Tarnside County Council", "Local authority", "Tarnside"),
    ("Morrowby Council", "Morrowby City Council", "Local authority", "Morrowby"),
    ("Calderwick Council", "Calderwick Metropolitan Borough Council", "Local authority", "Calderwick"),
    ("Ashmoor District", "Ashmoor District Council", "Local authority", "Tarnside"),
    ("Tarnside University", "University of Tarnside", "University", "Tarnside"),
    ("Morrowby University", "Morrowby Metropolitan University", "University", "Morrowby"),
    ("Calderwick University", "University of Calderwick", "University", "Calderwick"),
    ("Carers' Voice", "Carers' Voice Tarnside", "Voluntary and community", "Tarnside"),
    ("Open Door", "Open Door Morrowby", "Voluntary and community", "Morrowby"),
    ("Calder Age", "Calder Age Together", "Voluntary and community", "Calderwick"),
    ("Northern Health Innovation", "Northern Health Innovation Network", "Innovation network", "Morrowby"),
)

# fmt: off
TEAMS = {
    "C1": (
        "Falls at home", "Stroke recovery", "Young carers", "Asthma in schools", "Memory clinic", "Social prescribing",
        "Discharge to assess", "Perinatal mental health", "Diabetes foot care", "Alcohol liaison", "Frailty hub",
        "End of life at home",
    ),
    "C2": (
        "Housing and health", "Heart failure nurses", "Loneliness calls", "Community pharmacy", "Pain self-help",
        "School nurses", "Care home wards", "Refugee health", "Sight loss", "Crisis cafe", "Early speech",
        "Breathing well", "Cancer follow-up",
    ),
    "C3": (
        "Health checks", "Fuel poverty", "Text reminders", "Hospital at home", "Men's sheds", "Weight services",
        "Hearing aids", "Teen wellbeing",
    ),
}

WORKSHOPS = (
    "Starting out", "What matters and to whom", "Logic models", "Evaluation plans", "Reviewing together",
    "Dissemination event",
)
# fmt: on
WORKSHOPS_C3 = ("Implementation science", "Implementation plans", "Showcase")

_FIRST = """
Aisha Alun Aled Amara Angharad Anneliese Anthony Barbara Bartosz Beth Bronwen Callum Carys Cerys Chidi Chloë Ciarán
Daniel Davina Dean Delroy Dilwyn Dorota Eilidh Elin Emeka Esther Fatima Ffion Fionnuala François Gareth Ghazala
Grażyna Gwenllian Hamza Hannah Helen Hồng Ieuan Imran Iwona Jacqueline Jamal Jennifer José Joyce Kasia Keith
Khadija Kieran Leszek Lận Lowri Łucja Małgorzata Marcus Marged Mark Martyn Mehmet Megan Minh Mirosław Nadia Nerys
Ngọc Nia Nóirín Oluwaseun Owain Pamela Paul Piotr Priya Quỳnh Rachel Raymond Renée Rhiannon Rhodri Roisin Ruth
Sabir Samina Sean Sharon Siân Simone Sunita Susan Tadeusz Thảo Tomos Tracey Tuấn Usha Vera Wanjiru Wayne Yusuf
Zainab Zoë
"""

_LAST = """
Abara Achterberg Adeyemi Ap-Gwilym Atherton Banerjee Bevan Błaszczyk Bradwell Brennan Cadwaladr Chaudhry Clegg
Colclough Dąbrowska D'Arcy Dodgson Đặng Eastham Ellison Fairhurst Farooqi Fitzgibbon Gąsior Gethin Goodacre
Grimshaw Griffydd Haworth Hesketh Hindle Hopkinson Huỳnh Ibekwe Isherwood Jagiełło Jolley Kamara Kershaw Kowalczyk
Lathom Leyland Lê Lloyd-Rees Llewelyn Lomax Mac-Giolla Mahmood Marsden McAllister Meredith Mukherjee Ndiaye Ng
Nguyễn Norcross Nuttall O'Brien O'Hara Okonjo Oswaldtwistle Parry-Vaughan Pemberton Phạm Pilkington Pritchard Prys
Qureshi Rawcliffe Rigby Rothwell Rydzewska Sagar Seddon Siddall Słowik Stanworth Sze Tattersall Thistlethwaite
Threlfall Trần Tudur Unsworth Vaughan Virdee Walmsley Wanless Whittle Wolstenholme Woźniak Yearwood Żak
"""

FIRST, LAST = _FIRST.split(), _LAST.split()
