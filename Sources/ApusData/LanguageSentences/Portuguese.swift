// Sentences in Portuguese, written for Apus.
extension LanguageSentences {
    // swift-format-ignore
    static let portuguese = """
        A minha avó não gosta de viajar de avião, mas adora ficar à janela do comboio a ver as aldeias.
        Quando chegámos à praia, o nevoeiro era tão denso que não se via nem o farol nem os barcos.
        Não te esqueças de levar o guarda-chuva, porque à tarde vai chover em toda a região.
        O padeiro da nossa rua acende o forno às três da manhã e às seis já tem pão quente.
        As crianças fizeram um papagaio de papel e foram lançá-lo no campo atrás da escola.
        Segundo a direção do hospital, as obras da nova ala ficarão concluídas até ao fim do verão.
        Os meus irmãos discutem sempre por causa da televisão, mas acabam por ver o mesmo filme.
        Depois de lavar bem as couves, corte-as em tiras muito finas e junte-as à sopa a ferver.
        Ela não sabia que o vizinho tinha sido marinheiro até ouvir as histórias dele numa noite de inverno.
        A seleção perdeu o jogo nos últimos minutos e os jogadores saíram do campo em silêncio.
        Querido primo, espero que esta carta te encontre bem de saúde e com muita vontade de nos visitar.
        Na lição de hoje, o professor explicou como as plantas transformam a luz em alimento.
        O rio subiu tanto durante a noite que a ponte velha teve de ser fechada ao trânsito.
        Há quem diga que os gatos não ligam aos donos, mas o meu espera-me todos os dias ao portão.
        Trabalhei durante anos numa fábrica de conservas e ainda hoje não consigo comer sardinhas.
        Se o computador não ligar, verifique se o cabo está bem encaixado na tomada da parede.
        Naquele tempo não havia luz elétrica na aldeia, e as pessoas deitavam-se com as galinhas.
        O autocarro vinha tão cheio que tivemos de esperar pelo seguinte, debaixo de chuva.
        Amanhã a minha filha faz sete anos e quer um bolo com morangos e um dragão de açúcar.
        Os investigadores descobriram que estas aranhas conseguem viver meses sem comer coisa nenhuma.
        O senhor da papelaria conhece todos os alunos pelo nome e sabe quem ainda lhe deve dinheiro.
        Não há nada melhor do que uma sopa quente quando se chega a casa com os pés molhados.
        A câmara municipal decidiu plantar laranjeiras na praça em vez de construir um estacionamento.
        Ontem fui ao mercado comprar peixe e acabei por trazer também um vaso de manjericão.
        A corrida começou com muito calor, e vários atletas tiveram de desistir a meio do percurso.
        — Então, já arranjaste emprego? — Ainda não, mas tenho uma entrevista na segunda-feira.
        O castelo foi construído sobre as ruínas de uma povoação muito mais antiga do que se pensava.
        Os golfinhos acompanharam o nosso barco durante quase uma hora, saltando à frente da proa.
        Nas férias ficámos em casa dos meus tios, que têm uma quinta com vacas, patos e um moinho.
        É preciso deixar a massa descansar num lugar quente até que fique com o dobro do tamanho.
        A juíza adiou a sessão porque uma das testemunhas não conseguiu chegar a horas ao tribunal.
        O vento deitou abaixo duas árvores no jardim e levou as telhas do barracão do meu pai.
        Quem encontrou as chaves do ginásio deve entregá-las na secretaria até ao fim da manhã.
        A lua estava tão clara que podíamos caminhar pelo pinhal sem acender as lanternas.
        O meu patrão é um homem calmo, mas não suporta que alguém chegue atrasado às reuniões.
        Aos domingos, a família toda junta-se à volta da mesa e ninguém se levanta antes do café.
        Comprei umas botas novas para a caminhada e agora tenho bolhas nos dois calcanhares.
        As andorinhas voltaram a fazer ninho por cima da porta, e já não podemos usar aquela entrada.
        O governo anunciou ontem um programa de apoio aos agricultores afetados pela seca.
        Gostava de saber por que razão ninguém me avisou de que a loja ia fechar mais cedo.
        No século passado, as mulheres desta vila lavavam a roupa no tanque junto à fonte.
        O cão do pastor não ladra às ovelhas: olha para elas, e elas percebem logo o que ele quer.
        Estou a escrever-te da varanda, com um chá de limão na mão e o gato a dormir ao meu lado.
        A lâmpada do corredor fundiu-se outra vez e ninguém se lembra de comprar uma nova.
        Dizem que vai nevar na serra, e as crianças já não pensam em mais nada desde segunda-feira.
        O navio afundou-se há mais de trezentos anos, mas a carga de porcelana ficou quase intacta.
        Para limpar as manchas de vinho, cubra-as logo com sal e lave depois com água fria.
        A professora de música tem uma paciência enorme com os alunos que não afinam.
        O meu avô plantou esta nogueira no dia em que nasceu a minha mãe, há mais de sessenta anos.
        Não consigo dormir com o barulho das obras, por isso mudei a cama para a sala.
        As formigas transportam folhas muito maiores do que elas e nunca se enganam no caminho.
        O treinador disse que a equipa não jogou mal, mas que lhe faltou um pouco de sorte.
        Perdemos a ligação em Lisboa e passámos a noite deitados nas cadeiras da estação.
        Quando o sino toca, os miúdos saem a correr e enchem o pátio de gritos e de bolas.
        A exposição reúne centenas de fotografias de pescadores tiradas ao longo da costa norte.
        Põe a mesa, por favor, que os teus avós estão quase a chegar e o arroz já está pronto.
        Os preços das casas subiram tanto que muitos jovens não conseguem sair da casa dos pais.
        Aquela nuvem escura, lá ao fundo, não me agrada nada; é melhor recolhermos a roupa.
        O cientista passou trinta anos a estudar o canto das baleias e ainda não o entende por completo.
        A bibliotecária guardou o livro para mim, porque sabia que eu não o tinha encontrado em lado nenhum.
        Os bombeiros não dormiram durante três dias, mas conseguiram salvar todas as habitações.
        Se fores à cidade, traz-me linhas de costura e um botão igual a este que perdi.
        A estrada até à nascente é estreita e tem muitas curvas, mas a paisagem é lindíssima.
        Ninguém acreditou no rapaz quando ele contou que tinha visto um lobo perto da ribeira.
        O meu colega de secretária fala tanto ao telefone que já conheço a vida toda da irmã dele.
        As maçãs deste ano são pequenas, mas têm um sabor que eu não provava desde a infância.
        Ao fim da tarde, os velhos sentam-se no banco da igreja e comentam as notícias do jornal.
        O rei mandou construir o mosteiro para cumprir uma promessa que fizera antes da batalha.
        Não mexas nessa panela, que está muito quente, e deixa o açúcar derreter devagarinho.
        A médica recomendou-lhe que caminhasse meia hora por dia e que deixasse de fumar.
        Foram precisas seis pessoas para levar o piano até ao terceiro andar sem estragar as paredes.
        O caracol esconde-se na casca durante os meses secos e só sai quando cai a primeira chuva.
        Hoje não tenho aulas, por isso vou ajudar a minha mãe a apanhar azeitonas.
        O comboio da manhã atrasou-se porque havia um rebanho deitado em cima da linha.
        A minha tia coleciona chávenas de porcelana, mas não deixa ninguém beber por elas.
        Os sindicatos convocaram uma greve para a próxima semana e as escolas deverão ficar fechadas.
        Acordei com o som da chuva no telhado e fiquei na cama a ouvir durante muito tempo.
        Ele aprendeu a nadar já adulto, numa lagoa fria, com a ajuda de um amigo muito teimoso.
        O planeta tem duas luas pequenas, que nascem em lados opostos do céu e não se cruzam.
        Obrigada pelo vestido que me enviaste; serve-me na perfeição e a cor é mesmo bonita.
        Os estudantes passaram a noite na biblioteca, porque o exame de direito era na manhã seguinte.
        Na feira havia queijos, mel, cestos de verga e um homem que afiava facas e tesouras.
        O jardineiro pediu-nos que não pisássemos a relva enquanto as sementes não rebentassem.
        Por causa da tempestade, as ligações de barco às ilhas estão suspensas até quinta-feira.
        A rapariga desceu as escadas a correr, abriu o portão e abraçou o irmão que vinha da tropa.
        São estas as instruções: aperte os quatro parafusos, vire o móvel e encaixe as gavetas.
        O guarda-redes defendeu o penálti e os adeptos invadiram o relvado para o abraçar.
        Em pequena, eu julgava que o mar acabava naquela linha e que os navios caíam lá em baixo.
        A ação da peça passa-se numa pensão onde nenhum dos hóspedes diz o verdadeiro nome.
        Fica mais um bocadinho, que eu faço uma limonada e depois levo-te à estação de carro.
        """
}
